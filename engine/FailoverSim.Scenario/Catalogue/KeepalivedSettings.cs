namespace FailoverSim.Scenario.Catalogue;

internal static class KeepalivedSettings
{
    public static readonly ComponentSettings Table = new("keepalived", Products.Keepalived,
    [
        new("advert", "1s", "advert_int, keepalived/include/vrrp.h"),
        new("version", "2", "vrrp_version, keepalived/vrrp/vrrp.c"),
        new("preempt", "true", "unless nopreempt is set, doc/man/man5"),
        new("preempt.delay", "0s", "preempt_delay, doc/man/man5") { WithParent = true },
        new("track.interval", "1s", "doc/man/man5") { WithParent = true },
        new("track.timeout", "=interval", "the interval, doc/man/man5") { WithParent = true },
        new("track.fall", "1", "doc/man/man5", Basis.Unverified) { WithParent = true },
        new("track.rise", "1", "doc/man/man5", Basis.Unverified) { WithParent = true },
        new("track.weight", "0", "doc/man/man5") { WithParent = true },
        new("arp-takeover", "10ms..500ms", "five gratuitous ARP at once until switches and hosts follow", Basis.Engineering),
        new("start", "100ms..1s", "process until it listens to adverts", Basis.Engineering),
    ]);
}
