namespace FailoverSim.Cli;

/// <summary>What the process says to whoever called it.</summary>
internal static class ExitCode
{
    public const int Fine = 0;
    public const int InternalError = 1;
    public const int Invalid = 2;
    public const int Imprecise = 3;
    public const int SloMissed = 4;
    public const int SloUndecided = 5;
    public const int MergeRefused = 6;
    public const int Interrupted = 130;

    private static readonly int[] Precedence =
        [Interrupted, InternalError, Invalid, MergeRefused, SloMissed, Imprecise, SloUndecided];

    /// <summary>Of several, the one that matters most.</summary>
    public static int Of(IReadOnlyCollection<int> codes) => Precedence.FirstOrDefault(codes.Contains, Fine);
}
