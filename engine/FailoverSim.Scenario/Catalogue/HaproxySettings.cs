namespace FailoverSim.Scenario.Catalogue;

internal static class HaproxySettings
{
    private const string Manual = "doc/configuration.txt";
    private const string Kubeadm = "kubeadm docs/ha-considerations.md";

    public static readonly ComponentSettings Table = new("haproxy", Products.Haproxy,
    [
        new("backend", "apiserver", $"{Kubeadm}"),
        new("check.path", "/healthz", $"option httpchk, {Kubeadm}"),
        new("check.interval", "2s", $"inter, {Manual}"),
        new("check.fastinter", "=interval", $"fastinter is inter, {Manual}"),
        new("check.downinter", "=interval", $"downinter is inter, {Manual}"),
        new("check.timeout", "=interval", $"without 'timeout check' inter limits a check, {Manual}"),
        new("check.fall", "3", $"fall, {Manual}"),
        new("check.rise", "2", $"rise, {Manual}"),
        new("on-marked-down", "none", $"{Manual}"),
        new("redispatch", "true", $"option redispatch, {Kubeadm}; HAProxy's own is off"),
        new("retries", "3", $"{Manual}", Basis.Unverified),
        new("timeout-connect", "5s", $"timeout connect, {Kubeadm}; HAProxy has none"),
        new("start", "100ms..1s", "process until it listens", Basis.Engineering),
    ]);
}
