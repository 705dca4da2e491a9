using FailoverSim.Kernel.Time;
using FailoverSim.Scenario.Values;

namespace FailoverSim.Scenario.Language;

/// <summary><c>services</c> and <c>slo</c>: what is measured, and what is required of it.</summary>
internal static class ServiceKeys
{
    public static readonly Key<UpWhenText> UpWhen = new("up-when", new UpWhenKind(),
        "The units (or services) that must be up for the service to be up.");

    public static readonly Key<string> Probe = new("probe", new ProbeKind(),
        "The component whose answer is measured.");

    public static readonly Key<string> Through = new("through",
        new WordKind("vip", "keepalived", "haproxy", "nginx", "cloud-lb", "dns"),
        "What leads to the apiservers; without, any that works answers. To workloads lead cloud-lb, as to a Service of type LoadBalancer, and dns, by their name.");

    public static readonly Key<SimDuration> Timeout = new("timeout", new DurationKind("2s"),
        "How long a request may take to count as answered.");

    public static readonly Key<decimal> UpAt = new("up-at", new ShareKind("50%", aboveMin: true),
        "Share of requests answered from which the service counts as up; without, any. Not simulated by this version yet.");

    public static readonly Key<FigureText> Aggregate = new("aggregate", new FigureKind(),
        "A figure over several workloads or services: 'workloads' are all of them, a name is all copies of a workload.");

    public static readonly NamedShape Services = new("service", new MappingShape(
    [
        UpWhen,
        Probe,
        Aggregate,
        Through,
        Timeout,
        UpAt,
    ]), UpWhenKind.ReservedWords);

    public static readonly Key<string> Service = new("service", new NameKind("a service"),
        "The service of which it is required.")
    {
        Required = true,
    };

    public static readonly Key<decimal> Objective = new("objective", new ShareKind("99.95%", aboveMin: true),
        "Least availability of a window that counts as met.");

    public static readonly Key<WindowText> Window = new("window", new WindowKind(),
        "The windows: a length for consecutive tiles from the end of the warm-up, 'rolling' and a length for the window behind every "
        + "instant, or 'calendar-month' with a time zone (UTC without).");

    public static readonly Key<RequirementText> Require = new("require", new RequirementKind(),
        "The limit on a probability that decides between met and missed.")
    {
        Required = true,
    };

    public static readonly NamedShape Slos = new("SLO", new MappingShape([Service, Objective, Window, Require]));
}
