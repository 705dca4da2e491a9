using FailoverSim.Scenario.Specification;

namespace FailoverSim.Scenario.Building;

/// <summary>Which edition of the IANA time-zone rules working hours and calendar months were read with.</summary>
public static class TimeZoneData
{
    private const string Folder = "/usr/share/zoneinfo";

    /// <summary>Such as <c>2026a</c>; <c>unknown</c> where the system does not tell; null where no zone but UTC is used.</summary>
    public static string? VersionUsedBy(ScenarioSpec spec)
    {
        bool usesZones = spec.Crews.Select(c => c.Hours)
            .Concat(spec.Cluster?.Maintenance.Select(m => m.Window) ?? [])
            .Select(hours => (hours as Hours.Weekly)?.Zone)
            .Concat(spec.Slos.Select(slo => (slo as WindowSlo)?.Months))
            .Any(zone => zone is not null && zone.Id != TimeZoneInfo.Utc.Id);
        return usesZones ? Version() : null;
    }

    private static string Version()
    {
        try
        {
            string rules = Path.Combine(Folder, "tzdata.zi");
            string plain = Path.Combine(Folder, "+VERSION");
            if (File.Exists(rules))
            {
                return File.ReadLines(rules).First().Replace("# version ", "", StringComparison.Ordinal);
            }
            return File.Exists(plain) ? File.ReadAllText(plain).Trim() : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
