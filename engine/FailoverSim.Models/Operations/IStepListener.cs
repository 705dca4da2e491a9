namespace FailoverSim.Models.Operations;

/// <summary>Wants to know how planned work on a pool of machines goes on.</summary>
public interface IStepListener
{
    /// <summary>A machine has been worked on, and is ready again.</summary>
    /// <param name="machine">Its number.</param>
    void StepDone(int machine);

    /// <summary>The last machine of a campaign has been worked on, and is ready again; follows its <see cref="StepDone"/>.</summary>
    void CampaignDone();
}
