using FailoverSim.Kernel;
using FailoverSim.Kernel.Time;
using FailoverSim.Models.Nodes;

namespace FailoverSim.Models.Operations;

/// <content>What is done next.</content>
public sealed partial class NodeUpgrades
{
    private void Advance()
    {
        ref Campaign campaign = ref _campaign[0];
        if (campaign.Step == Step.Idle && campaign.IsDue)
        {
            BeginCampaign();
        }
        Simulation.Resume(campaign.Step is Step.Booting or Step.Draining ? campaign.Cause : default);
        switch (campaign.Step)
        {
            case Step.Waiting:
                TryLaunch();
                break;
            case Step.Booting:
                TryDrain();
                break;
            case Step.Draining:
                TryRemove();
                break;
        }
    }

    private void BeginCampaign()
    {
        ref Campaign campaign = ref _campaign[0];
        campaign.IsDue = false;
        campaign.Step = Step.Waiting;
        campaign.First = 0;
        for (int place = 0; place < _pool.Length; place++)
        {
            if (_nodes.Is(_pool[place], NodeMarks.Registered))
            {
                _isOld[place] = true;
                _oldIn[_nodes.Set.Options[_pool[place]].Zone]++;
                campaign.Left++;
            }
        }
        Report("campaign");
    }

    /// <summary>Launches the machines of a step, as soon as a step may begin.</summary>
    private void TryLaunch()
    {
        ref Campaign campaign = ref _campaign[0];
        SimTime open = _options.Window.NextOnDuty(Now);
        if (open > Now)
        {
            ArmAt(0, Wake, open);
        }
        else if (CanManage())
        {
            campaign.Cause = Simulation.Raise(_cause);
            campaign.Launched = Now;
            campaign.Step = Step.Booting;
            Report("step");
            Launch(campaign.Left);
            TryDrain();
        }
    }

    /// <summary>
    /// Launches machines until there are so many, in free places where old ones go in the same zone. If there is none, one comes
    /// elsewhere: its old one leaves a place for the next.
    /// </summary>
    private void Launch(int wanted)
    {
        Span<int> missing = stackalloc int[_oldIn.Count];
        for (int zone = 0; zone < missing.Length; zone++)
        {
            missing[zone] = _oldIn[zone];
        }
        int lane = 0;
        bool isAnyComing = false;
        for (int i = 0; i < _lanes.Count; i++)
        {
            if (_lanes[i].Fresh > 0)
            {
                missing[ZoneOf(_lanes[i].Fresh - 1)]--;
                wanted--;
                isAnyComing = true;
            }
        }
        int elsewhere = -1;
        for (int place = 0; place < _pool.Length && wanted > 0 && NextFreeLane(ref lane); place++)
        {
            int node = _pool[place];
            if (!IsFree(node))
            {
                continue;
            }
            if (missing[ZoneOf(node)] > 0)
            {
                missing[ZoneOf(node)]--;
                wanted--;
                isAnyComing = true;
                LaunchIn(lane, node);
            }
            else if (elsewhere < 0)
            {
                elsewhere = node;
            }
        }
        if (!isAnyComing && elsewhere >= 0 && wanted > 0)
        {
            LaunchIn(lane, elsewhere);
        }
    }

    private void LaunchIn(int lane, int node)
    {
        _lanes[lane].Fresh = node + 1;
        _instances.Launch(node);
    }

    /// <summary>Drains as many old nodes as there are new ones, once they are all ready or the others are late.</summary>
    private void TryDrain()
    {
        ref Campaign campaign = ref _campaign[0];
        int ready = 0;
        int coming = 0;
        bool isInitializing = false;
        for (int i = 0; i < _lanes.Count; i++)
        {
            if (_lanes[i].Fresh > 0)
            {
                int fresh = _lanes[i].Fresh - 1;
                bool isReady = _nodes.IsSchedulable(fresh);
                ready += isReady ? 1 : 0;
                coming += isReady ? 0 : 1;
                isInitializing |= !isReady && _nodes.Is(fresh, NodeMarks.Uninitialized | NodeMarks.NetworkUnavailable);
            }
        }
        SimTime late = campaign.Launched + ProvisionTime;
        if (campaign.Left > 0 && coming > 0 && (ready == 0 || Now < late))
        {
            if (isInitializing)
            {
                ArmAfter(0, Wake, LookEvery);
            }
            else if (Now < late)
            {
                ArmAt(0, Wake, late);
            }
            return;
        }
        BeginDrains(sameZone: true);
        BeginDrains(sameZone: false);
        if (campaign.Left > 0 && campaign.Draining == 0)
        {
            // No place is free, or others work on all nodes that are left.
            campaign.Step = Step.Waiting;
            ArmAfter(0, Wake, RetryEvery);
        }
        else
        {
            campaign.Step = Step.Draining;
            Disarm(0, Wake);
            TryRemove();
        }
    }

    private void BeginDrains(bool sameZone)
    {
        ref Campaign campaign = ref _campaign[0];
        while (campaign.First < _pool.Length && !_isOld[campaign.First])
        {
            campaign.First++;
        }
        for (int i = 0; i < _lanes.Count; i++)
        {
            ref Lane lane = ref _lanes[i];
            if (lane.Fresh == 0 || lane.Old > 0 || !_nodes.IsSchedulable(lane.Fresh - 1))
            {
                continue;
            }
            int zone = ZoneOf(lane.Fresh - 1);
            if (sameZone && _oldIn[zone] == 0)
            {
                continue;
            }
            for (int place = campaign.First; place < _pool.Length; place++)
            {
                int old = _pool[place];
                if (_isOld[place] && !_drains.IsTaken(old) && (!sameZone || ZoneOf(old) == zone))
                {
                    BeginDrain(ref lane, old);
                    break;
                }
            }
        }
    }

    private void BeginDrain(ref Lane lane, int old)
    {
        ForgetOld(old);
        lane.Old = old + 1;
        _campaign[0].Draining++;
        _drains.Begin(old, _drainer);
    }

    /// <summary>Takes away what has been drained; then it is the turn of the next ones.</summary>
    private void TryRemove()
    {
        ref Campaign campaign = ref _campaign[0];
        if (!CanManage())
        {
            return;
        }
        for (int i = 0; i < _lanes.Count; i++)
        {
            if (_lanes[i].IsEmpty)
            {
                Remove(ref _lanes[i]);
            }
        }
        if (campaign.Draining > 0)
        {
            return;
        }
        if (campaign.Left > 0)
        {
            campaign.Step = Step.Waiting;
            // What the step has brought with it shows before the next one begins.
            ReactWhenSettled(0);
        }
        else
        {
            FinishCampaign();
        }
    }

    private void Remove(ref Lane lane)
    {
        int fresh = lane.Fresh - 1;
        int old = lane.Old - 1;
        lane = default;
        _campaign[0].Draining--;
        _instances.Terminate(old);
        _store.Delete(old);
        if (fresh == old)
        {
            return;
        }
        Simulation.Count(_upgraded);
        foreach (IStepListener listener in _listeners)
        {
            listener.StepDone(_nodes.Set.Options[fresh < 0 ? old : fresh].Machine);
        }
    }

    /// <summary>Machines that nobody needs after all go first.</summary>
    private void FinishCampaign()
    {
        ref Campaign campaign = ref _campaign[0];
        for (int i = 0; i < _lanes.Count; i++)
        {
            ref Lane lane = ref _lanes[i];
            if (lane.Fresh > 0 && !_nodes.Is(lane.Fresh - 1, NodeMarks.Registered))
            {
                _instances.Terminate(lane.Fresh - 1);
                lane = default;
            }
            else if (lane.Fresh > 0 && !_drains.IsTaken(lane.Fresh - 1))
            {
                BeginDrain(ref lane, lane.Fresh - 1);
            }
            else if (lane.Old == 0)
            {
                lane = default;
            }
        }
        if (campaign.Draining > 0)
        {
            return;
        }
        campaign.Step = Step.Idle;
        Disarm(0, Wake);
        Report("done");
        foreach (IStepListener listener in _listeners)
        {
            listener.CampaignDone();
        }
        ReactWhenSettled(0);
    }

    private bool CanManage() => Simulation.Signals[_control.Api] && Simulation.Signals[_control.CloudApi];

    /// <summary>Goes on to a lane without a new machine; false if there is none left.</summary>
    private bool NextFreeLane(ref int lane)
    {
        while (lane < _lanes.Count && _lanes[lane].Fresh > 0)
        {
            lane++;
        }
        return lane < _lanes.Count;
    }

    /// <summary>A place that waits for a machine.</summary>
    private bool IsFree(int node) => !_nodes.Is(node, NodeMarks.Registered) && !_instances.Exists(node);

    private int ZoneOf(int node) => _nodes.Set.Options[node].Zone;
}
