namespace FailoverSim.Models.Faults;

/// <summary>Follows planned work on a pool of machines.</summary>
public interface ICampaignObserver
{
    /// <summary>The work on one machine is done, and it is back.</summary>
    /// <param name="machine">Its place in the pool.</param>
    void StepDone(int machine);

    /// <summary>The last machine of the campaign is done; follows its <see cref="StepDone"/>.</summary>
    void CampaignDone();
}
