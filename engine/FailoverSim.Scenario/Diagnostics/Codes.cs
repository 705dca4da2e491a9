namespace FailoverSim.Scenario.Diagnostics;

/// <summary>The catalogue of codes. A code keeps its meaning for ever; a retired one is not reused.</summary>
public static class Codes
{
    private static readonly List<DiagnosticCode> Catalogue = [];

    // The file and its YAML.
    public static readonly DiagnosticCode FileUnreadable = New(1, "The file cannot be read.");
    public static readonly DiagnosticCode FileTooLarge = New(2, "The file is larger than 4 MiB.");
    public static readonly DiagnosticCode NotText = New(3,
        "The file is not UTF-8 text, or contains control characters.");
    public static readonly DiagnosticCode EmptyFile = New(4, "The file contains no YAML document.");
    public static readonly DiagnosticCode YamlSyntax = New(5,
        "The YAML syntax is broken; only the first break is told.");
    public static readonly DiagnosticCode TabIndentation = New(6, "A tab indents a line.");
    public static readonly DiagnosticCode SeveralDocuments = New(7, "The file contains more than one YAML document.");
    public static readonly DiagnosticCode AliasesTooLarge = New(8, "Aliases expand to too many values.");
    public static readonly DiagnosticCode TooDeep = New(9, "Values are nested too deeply.");
    public static readonly DiagnosticCode MergeKey = New(10, "A merge key '<<' is used.");
    public static readonly DiagnosticCode YamlTag = New(11, "A YAML tag is used.");
    public static readonly DiagnosticCode DuplicateKey = New(12, "A key occurs twice in one mapping.");
    public static readonly DiagnosticCode EmptyValue = New(13, "A key has no value.");
    public static readonly DiagnosticCode UnknownAnchor = New(14,
        "An alias names an anchor that is not defined before it.");
    public static readonly DiagnosticCode MissingBlank = New(15, "The blank after a colon is missing.");
    public static readonly DiagnosticCode KeyNotScalar = New(16, "A mapping or list is used as a key.");
    public static readonly DiagnosticCode UnquotedComma = New(17,
        "An expression with commas stands in a flow mapping without quotes.");
    public static readonly DiagnosticCode TooMuchInFile = New(18,
        "The file has more than 300,000 values, or 10,000 in one mapping or list, or 20,000 characters in one value.");
    public static readonly DiagnosticCode TooManyFindings = New(19, "There are more than 1,000 findings of one kind; the others are not told.");

    // Keys and shapes.
    public static readonly DiagnosticCode UnknownKey = New(101, "The language has no such key here.");
    public static readonly DiagnosticCode MissingKey = New(102, "A required key is missing.");
    public static readonly DiagnosticCode WrongShape = New(103,
        "A mapping, list or single value stands where another is expected.");
    public static readonly DiagnosticCode BadName = New(104,
        "A name does not match [a-z0-9][a-z0-9-]*, has more than 200 characters, or is a word of the language.");
    public static readonly DiagnosticCode LanguageVersion = New(105, "The language version is not supported.");
    public static readonly DiagnosticCode EmptyCollection = New(106, "A list or mapping that needs an entry is empty.");
    public static readonly DiagnosticCode KeysExclude = New(107, "Keys that exclude each other are both given.");
    public static readonly DiagnosticCode KeyNeedsOther = New(108, "A key is given without the one that it needs.");
    public static readonly DiagnosticCode TooManyNames = New(109, "There are more things of one kind than the language allows.");

    // Values.
    public static readonly DiagnosticCode MissingUnit = New(201, "A duration has no unit.");
    public static readonly DiagnosticCode UnknownUnit = New(202, "A unit is not known (units are case-sensitive).");
    public static readonly DiagnosticCode WrongUnitKind = New(203,
        "A value of another kind stands here, such as a size for a duration.");
    public static readonly DiagnosticCode BadDuration = New(204, "A duration is malformed.");
    public static readonly DiagnosticCode DurationOutOfRange = New(205,
        "A duration is negative, finer than 1 ns or beyond the range.");
    public static readonly DiagnosticCode BadNumber = New(206, "A number is malformed, NaN or infinite.");
    public static readonly DiagnosticCode NumberOutOfRange = New(207, "A number is outside its range.");
    public static readonly DiagnosticCode ShareWithoutPercent = New(208, "A share of 1 or more has no percent sign.");
    public static readonly DiagnosticCode BadLaw = New(209, "A law is malformed.");
    public static readonly DiagnosticCode UnknownLaw = New(210, "There is no law of this name.");
    public static readonly DiagnosticCode LawArguments = New(211,
        "A law lacks an argument, or has one that it does not take.");
    public static readonly DiagnosticCode LawImpossible = New(212, "No law has these parameters.");
    public static readonly DiagnosticCode EmpiricalFile = New(213, "The file of an empirical law cannot be used.");
    public static readonly DiagnosticCode BadFrequency = New(214, "A frequency is malformed.");
    public static readonly DiagnosticCode UnknownWord = New(215, "A word is not one of those allowed here.");
    public static readonly DiagnosticCode BadExpression = New(216, "An expression is malformed.");
    public static readonly DiagnosticCode Negation = New(217, "An expression contains a negation.");
    public static readonly DiagnosticCode BadHours = New(218, "Working hours are malformed.");
    public static readonly DiagnosticCode UnknownTimeZone = New(219, "The time zone is not known.");
    public static readonly DiagnosticCode BadRequirement = New(220, "A requirement is malformed.");
    public static readonly DiagnosticCode BadStopWhen = New(221, "A stopping rule is malformed.");
    public static readonly DiagnosticCode BadMoney = New(222, "An amount of money is malformed.");
    public static readonly DiagnosticCode BadInstant = New(223, "A date is malformed.");
    public static readonly DiagnosticCode BadBoolean = New(224, "A boolean is neither true nor false.");
    public static readonly DiagnosticCode BadRange = New(225, "A range of percentages is malformed.");
    public static readonly DiagnosticCode BadQuantity = New(226, "A size, rate or amount of CPU is malformed.");
    public static readonly DiagnosticCode ReadyNotForUnits = New(227,
        "'ready' is asked of units, which have no replicas.");
    public static readonly DiagnosticCode BadText = New(228, "A text is empty, has more than one line, or more than 1,000 characters.");

    public static readonly DiagnosticCode BadSelector = New(229, "A selector of targets is malformed.");
    public static readonly DiagnosticCode BadState = New(230, "The state of a victim is malformed or not known.");
    public static readonly DiagnosticCode BadChance = New(231, "A chance per maintenance is malformed.");
    public static readonly DiagnosticCode BadBackoff = New(232, "A back-off is malformed.");
    public static readonly DiagnosticCode BadFigure = New(233, "A figure over several is malformed.");
    public static readonly DiagnosticCode BadWindow = New(234, "The window of an SLO is malformed.");

    // Names and references.
    public static readonly DiagnosticCode UnknownName = New(301, "A name is used that the file does not define.");
    public static readonly DiagnosticCode NameTwice = New(302, "A name is defined twice in one namespace.");
    public static readonly DiagnosticCode CyclicServices = New(303, "Services refer to each other in a circle.");
    public static readonly DiagnosticCode ListedTwice = New(304, "A name is listed twice.");

    public static readonly DiagnosticCode NothingSelected = New(305, "A selector matches nothing in the file.");
    public static readonly DiagnosticCode UnknownCatalogue = New(306,
        "There is no catalogue of defaults for this product or version.");

    // Meaning.
    public static readonly DiagnosticCode SharesSum = New(401, "Shares do not sum to exactly 100 %.");
    public static readonly DiagnosticCode MoreThanThereAre = New(402,
        "An expression asks for more parts than there are.");
    public static readonly DiagnosticCode NeededTooLarge = New(403, "A standby needs more units than there are.");
    public static readonly DiagnosticCode ReorderTooLarge = New(404,
        "Parts are reordered at a level not below the stock.");
    public static readonly DiagnosticCode StandbyHazard = New(405, "The hazard of a standby contradicts its kind.");
    public static readonly DiagnosticCode NoCrews = New(406, "'any' is asked for, but there are no crews.");
    public static readonly DiagnosticCode NothingOtherwise = New(407,
        "'otherwise' is used, but no other crew has hours.");
    public static readonly DiagnosticCode WindowTooLong = New(408, "The window of an SLO is longer than the horizon.");
    public static readonly DiagnosticCode RunTooLong = New(409,
        "Warm-up and horizon exceed the simulated clock of 290 years.");
    public static readonly DiagnosticCode TooManyUnits = New(410, "There are more than 1,000,000 units.");
    public static readonly DiagnosticCode HiddenFoundBy = New(411,
        "'found-by' is given for failures that are not hidden.");
    public static readonly DiagnosticCode ServicesTooLarge = New(412,
        "Services that refer to each other expand to too much.");

    public static readonly DiagnosticCode LeaseTimers = New(413,
        "The timers of a lease contradict each other: it needs duration > renew-deadline > 1.2 × retry.");
    public static readonly DiagnosticCode ElectionTimers = New(414,
        "etcd refuses the timers: election-timeout must be at least 5 × heartbeat and at most 50 s.");
    public static readonly DiagnosticCode PlaceImpossible = New(415,
        "Machines cannot be placed as asked: too many for the zones, or shares that do not sum to the count.");
    public static readonly DiagnosticCode LeadsNowhere = New(416,
        "A service asks, or goes through, something that no machine runs or that leads to no apiserver.");
    public static readonly DiagnosticCode StateDoesNotFit = New(417,
        "The state or direction of a fault does not fit what it strikes.");
    public static readonly DiagnosticCode NoLocalMember = New(418,
        "An apiserver uses the etcd member of its own machine, and there is none.");
    public static readonly DiagnosticCode ProbeInExpression = New(419,
        "An expression names a service that is measured by a probe.");
    public static readonly DiagnosticCode TooManyMachines = New(420, "There are more than 10,000 machines.");
    public static readonly DiagnosticCode WindowNotWeekly = New(421,
        "'otherwise' is no window for maintenance.");

    public static readonly DiagnosticCode ManagedAndSimulated = New(422,
        "A managed control plane stands beside simulated components of one.");
    public static readonly DiagnosticCode TakesNoPods = New(423,
        "Something that concerns pods is asked of a pool that takes none.");
    public static readonly DiagnosticCode NeverPlaced = New(424,
        "Pods can never be placed: they request more than any machine has, or their constraints cannot be met.");
    public static readonly DiagnosticCode TooManyPods = New(425, "There are more than 1,000,000 pods, or 200,000 workloads.");
    public static readonly DiagnosticCode ShareOfWorkloads = New(426,
        "A share of the replicas is asked of something that is no workload.");
    public static readonly DiagnosticCode NoFigureOver = New(427,
        "A figure is asked over something that has none, or something is asked of a figure that it cannot tell.");
    public static readonly DiagnosticCode SeveralWorkloads = New(428, "A name stands for several workloads where one is needed.");
    public static readonly DiagnosticCode TooManyWindows = New(429, "The horizon holds more than 100,000 windows of an SLO.");

    public static readonly DiagnosticCode ModelTooLarge = New(430, "The model would take more than 1 GiB of memory.");
    public static readonly DiagnosticCode TooManyInstances = New(431, "More than 9 machines run etcd, or more than 100 another component.");
    public static readonly DiagnosticCode TimerTooShort = New(432,
        "A timer ends before what it waits for can be there: what is well would be taken for dead.");

    // Variants.
    public static readonly DiagnosticCode UnknownPath = New(501, "A path leads to no key or name.");
    public static readonly DiagnosticCode WildcardMatchesNothing = New(502, "A '*' in a path matches nothing.");
    public static readonly DiagnosticCode PathNotVariable = New(503,
        "A path leads to something that cannot be varied.");
    public static readonly DiagnosticCode BadTie = New(504, "A tie is not a percentage of a number or duration.");
    public static readonly DiagnosticCode ReservedVariant = New(505, "A variant has a name that is taken.");
    public static readonly DiagnosticCode BadSet = New(506, "'--set' is not of the form path=value.");
    public static readonly DiagnosticCode BadFrom = New(507, "The file named by 'from' cannot be used.");
    public static readonly DiagnosticCode TooManyVariants = New(508, "There are more than 1,000 variants, or they are too large together.");
    public static readonly DiagnosticCode OtherObservation = New(509,
        "What is compared is observed for another time, or from another instant on.");
    public static readonly DiagnosticCode BadGrid = New(510, "The values of a sweep are neither a list, nor a range with steps, nor a grid.");
    public static readonly DiagnosticCode NothingToCompare = New(511, "There is nothing to compare.");
    public static readonly DiagnosticCode NotScalable = New(512, "A value of 'sensitivity' cannot be scaled.");
    public static readonly DiagnosticCode NothingToVary = New(513, "There is no value where 'sensitivity' looks for one.");

    // Warnings: can be run, likely not meant.
    public static readonly DiagnosticCode UnitUnused = New(601, "Units are in no service.");
    public static readonly DiagnosticCode CrewUnused = New(602, "A crew has nothing to do.");
    public static readonly DiagnosticCode SpareUnused = New(603, "No repair uses a spare.");
    public static readonly DiagnosticCode NeverFound = New(604, "Hidden failures are never found.");
    public static readonly DiagnosticCode NoRepair = New(605, "Failures are never repaired.");
    public static readonly DiagnosticCode NothingMeasured = New(606,
        "The scenario has no services, so there is nothing to measure.");

    public static readonly DiagnosticCode EvenMembers = New(607,
        "An even number of etcd members tolerates no more failures than one member less.");
    public static readonly DiagnosticCode OneFailureDomain = New(608,
        "All etcd members, or a majority, share a zone, rack or feed whose loss stops the cluster.");
    public static readonly DiagnosticCode IdealDependency = New(609,
        "Something that a component needs is not in the file and counts as always there.");
    public static readonly DiagnosticCode ProcedureUnused = New(610, "No fault uses a procedure.");
    public static readonly DiagnosticCode ComponentUnused = New(611, "Settings of a component that nothing runs.");
    public static readonly DiagnosticCode SingleInstance = New(612,
        "There is one instance of something that others depend on.");
    public static readonly DiagnosticCode TightTimers = New(613,
        "Timers are short for the round trips or disks they wait for.");
    public static readonly DiagnosticCode BudgetForbidsDrains = New(614, "A budget lets no pod be evicted, so that drains wait.");
    public static readonly DiagnosticCode NoRoom = New(615, "The pods request more than the nodes have.");
    public static readonly DiagnosticCode NoRoomWithoutZone = New(616,
        "The pods request more than the nodes have while one zone is down.");
    public static readonly DiagnosticCode WithoutEffect = New(617, "A setting changes nothing, in any model or the way the rest is set.");
    public static readonly DiagnosticCode SlowCheck = New(618,
        "A health check notices the dead later than leases, or the cluster's own view of its nodes, would.");
    public static readonly DiagnosticCode UntrackedBalancer = New(619, "An address does not move when the balancer beside its holder fails.");
    public static readonly DiagnosticCode NervousNodes = New(620, "The grace period of nodes holds fewer than three of their heartbeats.");
    public static readonly DiagnosticCode ShortDeadline = New(621, "A lease is given up sooner than etcd has elected a leader.");
    public static readonly DiagnosticCode InOneZone = New(622, "All instances of a component, of several, are in one of several zones.");
    public static readonly DiagnosticCode BusyCrew = New(623, "A crew is called for nearly more work than it has hands.");
    public static readonly DiagnosticCode SingleReplica = New(624, "A workload has one replica: it is down whenever that moves.");
    public static readonly DiagnosticCode MayShareDomain = New(625,
        "Nothing keeps the replicas of a workload apart: all may be on one node or in one zone.");
    public static readonly DiagnosticCode KeepsSessions = New(626, "A balancer keeps connections to a backend that it has found dead.");
    public static readonly DiagnosticCode AsksAPort = New(627, "A health check asks for an open port, which a process that hangs has, too.");
    public static readonly DiagnosticCode CommonToCrew = New(628, "A common cause can hit more units than their crew repairs at a time.");

    // Incident logs.
    public static readonly DiagnosticCode LogHeader = New(701,
        "The header of an incident log lacks a column, has one twice, or mixes two shapes.");
    public static readonly DiagnosticCode LogTooLarge = New(702,
        "An incident log is larger than 64 MiB, 1,000,000 rows, 64 columns or 1,000 characters in a field.");
    public static readonly DiagnosticCode LogRow = New(703,
        "A row of an incident log has not as many fields as the header, or a quote out of place.");
    public static readonly DiagnosticCode LogInstant = New(704,
        "An instant or duration in an incident log is malformed, or lacks its time zone.");
    public static readonly DiagnosticCode LogOrder = New(705,
        "Something in an incident log ends before it starts.");
    public static readonly DiagnosticCode LogField = New(706,
        "A field of an incident log is empty, or holds a word that it does not take.");
    public static readonly DiagnosticCode LogMixesClocks = New(707,
        "Incident logs mix dates and times since a start.");
    public static readonly DiagnosticCode LogEmpty = New(708, "Incident logs hold nothing to fit.");
    public static readonly DiagnosticCode LogUnits = New(709,
        "The number of units of a class is malformed, or smaller than what its log names.");
    public static readonly DiagnosticCode LogColumnUnused = New(751, "A column of an incident log is not used.");

    // Imported files.
    public static readonly DiagnosticCode ImportUnknown = New(801, "A file holds nothing that can be imported.");
    public static readonly DiagnosticCode ImportTooLarge = New(802,
        "A file to import is larger than 64 MiB, or all together are more than 10,000 or 256 MiB.");
    public static readonly DiagnosticCode ImportSyntax = New(803, "The syntax of a file to import is broken; only the first break is told.");
    public static readonly DiagnosticCode ImportShape = New(804, "A field of an object to import is missing, or has another shape than its API gives it.");
    public static readonly DiagnosticCode ImportValue = New(805, "A value in a file to import is malformed, or refers to nothing.");
    public static readonly DiagnosticCode ImportNothing = New(806, "The files to import tell of no machine.");
    public static readonly DiagnosticCode ImportDiffers = New(851, "Sources of an import differ in a setting, of which one is taken.");
    public static readonly DiagnosticCode ImportAdapted = New(852,
        "Something imported cannot be said, or cannot be met, as it stands: the scenario has what comes closest.");

    // Limits of this version.
    public static readonly DiagnosticCode NotSimulatedYet = New(901,
        "The key is part of the language but not simulated by this version.");

    /// <summary>All codes in order.</summary>
    public static IReadOnlyList<DiagnosticCode> All => Catalogue;

    private static DiagnosticCode New(int number, string meaning)
    {
        var code = new DiagnosticCode(FormattableString.Invariant($"FS{number:D4}"), meaning);
        Catalogue.Add(code);
        return code;
    }
}
