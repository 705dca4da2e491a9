namespace FailoverSim.Kernel.Observation;

/// <summary>The mean over members of a fleet: their sums, divided, in whole nanoseconds that still add up.</summary>
internal sealed class MeanRecorder(
    MeanDeclaration service, int index, FleetRecorder fleet, IReadOnlyList<FleetWindows> windows, int causeCount, int stageCount)
    : FleetView(service, index, windows)
{
    private readonly Int128[] _byCause = new Int128[causeCount];
    private readonly Int128[] _byStage = new Int128[stageCount];
    private readonly Int128[] _lossByStage = new Int128[stageCount];
    private readonly bool _measuresRequests = service.Fleet.MeasuresRequestsOf(service.Members);

    protected override Figure Figures()
    {
        Array.Clear(_byCause);
        Array.Clear(_byStage);
        Array.Clear(_lossByStage);
        Int128 down = 0, failover = 0, lost = 0;
        long outages = 0, losses = 0;
        foreach (int member in service.Members)
        {
            lost += fleet.LostRequestsOf(member);
            outages += fleet.OutagesOf(member);
            losses += fleet.LossesOf(member);
            if (fleet.DownOf(member) > 0)
            {
                down += fleet.DownOf(member);
                failover += fleet.FailoverOf(member);
                Add(fleet.DownByCause(member), _byCause);
                Add(fleet.DownByStage(member), _byStage);
                Add(fleet.LossByStage(member), _lossByStage);
            }
        }
        int members = service.Members.Length;
        (long[] byStage, long[] lossByStage) = Stages(members);
        return new Figure(
            (long)(down / members),
            (long)(failover / members),
            Causes(members),
            byStage,
            lossByStage,
            _measuresRequests ? (long)(lost / members) : null,
            outages,
            losses);
    }

    private long[] Causes(int members)
    {
        long[] shares = new long[_byCause.Length];
        Divided divided = new(members);
        for (int cause = 0; cause < shares.Length; cause++)
        {
            shares[cause] = divided.Next(_byCause[cause]);
        }
        return shares;
    }

    /// <summary>Losses and the rest of each stage one after the other, so that no stage loses more than it has.</summary>
    private (long[] All, long[] Losses) Stages(int members)
    {
        long[] all = new long[_byStage.Length];
        long[] losses = new long[_byStage.Length];
        Divided divided = new(members);
        for (int stage = 0; stage < all.Length; stage++)
        {
            losses[stage] = divided.Next(_lossByStage[stage]);
            all[stage] = losses[stage] + divided.Next(_byStage[stage] - _lossByStage[stage]);
        }
        return (all, losses);
    }

    private static void Add(ReadOnlySpan<long> parts, Int128[] sums)
    {
        for (int i = 0; i < parts.Length; i++)
        {
            sums[i] += parts[i];
        }
    }

    /// <summary>Parts of a sum, divided: the quotient of the sum so far is rounded down, so the shares add up to that of the whole.</summary>
    private struct Divided(int divisor)
    {
        private Int128 _sum;
        private Int128 _given;

        public long Next(Int128 part)
        {
            _sum += part;
            long share = (long)((_sum / divisor) - _given);
            _given += share;
            return share;
        }
    }
}
