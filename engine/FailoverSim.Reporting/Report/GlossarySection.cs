namespace FailoverSim.Reporting.Report;

/// <summary>The words of the page that not everybody uses alike; only those that occur.</summary>
internal static class GlossarySection
{
    /// <summary>What a page says in its text, and what it means.</summary>
    private static readonly (string Term, string Meaning)[] Terms =
    [
        ("availability", "Share of the observed time in which a service was up."),
        ("interval", "A range that holds the true value in 95 of 100 studies like this one. It knows chance, not whether the model fits your cluster."),
        ("replication", "One simulated history with luck of its own. Variants are run with the same luck."),
        ("nines", "Digits of availability: 3 are 99.9 %, 4 are 99.99 %. One more is a tenth of the down time."),
        ("typical", "The median: half of all outages are shorter."),
        ("p95", "95 of 100 are no longer, or no more."),
        ("to blame", "The faults present while the service was down, each with an equal part of every instant."),
        ("failover", "An outage that the mechanisms end unaided: enough was working throughout."),
        ("loss", "An outage in which, for a moment at least, more was broken than heals by itself."),
        ("budget", "The down time that an objective leaves to a window."),
        ("undecided", "The interval holds the limit: more replications would tell."),
        ("luck", "By how much longer independent runs would have to be to tell as much about the difference."),
        ("UNRESOLVED", "Losses that can happen and never did here may outweigh the interval; more years are needed."),
        ("root", "The fault that came last before an outage and tipped the service over."),
        ("let through", "Faults that were there already when an outage began."),
        ("false a year", "How often a mechanism acted although nothing was wrong with what it acted on."),
        ("birnbaum", "How much the chance of being down grows when one copy fails."),
        ("criticality", "The chance that one copy is failed and the service would be up if it were not, given that it is down."),
        ("fussell-vesely", "Share of the down time in which a minimal set of failed parts holds this one."),
        ("swing", "Down time with the value increased less that with it reduced."),
    ];

    /// <summary>What an outage waits for.</summary>
    private static readonly (string Term, string Meaning)[] Stages =
    [
        ("undetected", "The fault is hidden until somebody looks."),
        ("detect", "Nobody who could act has noticed."),
        ("expire", "A lease or timer of the former holder runs out."),
        ("elect", "Votes are cast, and the first write is committed."),
        ("take over", "The moved address reaches switches and neighbours."),
        ("switch", "A spare copy is switched in."),
        ("evict", "A node is known to be out of order and has no taint yet."),
        ("tolerate", "Pods still tolerate the taint of their node."),
        ("terminate", "A pod waits until its predecessor is certainly gone."),
        ("schedule", "A pod waits for a node with room."),
        ("attach", "A volume is moved to another node."),
        ("pull", "An image is fetched and a sandbox is set up."),
        ("boot", "A machine boots."),
        ("restart", "A dead process waits to be started again."),
        ("start", "A process runs and does not serve yet."),
        ("ready", "The first passed probe is waited for."),
        ("propagate", "News of a change travels to those who route."),
        ("sync", "A new leader fills its caches."),
        ("reconnect", "A broken connection is tried again."),
        ("outage", "A fault that ends by itself lasts."),
        ("answer", "Somebody is called and has not come."),
        ("crew", "Everybody who could repair is busy."),
        ("spare", "A part is not in stock."),
        ("repair", "The work itself."),
        ("resync", "Data is copied to a member that lost its own."),
        ("maintenance", "Planned work."),
        ("held", "Work is held up by a rule."),
        ("unrepaired", "Nobody repairs it."),
    ];

    /// <param name="content">Tells which stages occur.</param>
    /// <param name="text">The page so far.</param>
    public static ReportSection? Of(ReportContent content, string text)
    {
        HashSet<string> stages =
        [
            .. from service in content.InDetail
               from stage in content.Base.Names.Stages.Index()
               where content.Totals(service).DownByStage[stage.Index].Total > 0
               select stage.Item,
        ];
        return ReportSection.Of("glossary", "What the words mean",
            List("", Terms.Where(entry => text.Contains(entry.Term, StringComparison.Ordinal))),
            List("What an outage waits for", Stages.Where(entry => stages.Contains(entry.Term))));
    }

    private static Markup List(string title, IEnumerable<(string Term, string Meaning)> entries)
    {
        Markup[] items = [.. entries.Select(entry => Markup.All(Markup.Of("dt", entry.Term), Markup.Of("dd", entry.Meaning)))];
        return items.Length == 0 ? Markup.Nothing
            : Markup.All(title.Length == 0 ? Markup.Nothing : Markup.Of("h3", title), Markup.Of("dl", items));
    }
}
