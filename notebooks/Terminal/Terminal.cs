using FailoverSim.Reporting.Figures;

namespace FailoverSim.Notebooks;

/// <summary>On a terminal, what a notebook's kernel brings with it.</summary>
public static class Terminal
{
    /// <summary>Prints what is shown; a figure becomes a file beside the study.</summary>
    public static void display(object shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        Console.WriteLine(shown is Figure figure ? $"{figure.Title}\n  {Written(figure)}" : shown);
        Console.WriteLine();
    }

    /// <summary>The folder of the study that runs: paths in it are relative to it, as in a notebook.</summary>
    public static void StandBesideTheStudy() =>
        Environment.CurrentDirectory = (string)AppContext.GetData("EntryPointFileDirectoryPath")!;

    private static string Written(Figure figure)
    {
        string study = Path.GetFileNameWithoutExtension((string)AppContext.GetData("EntryPointFilePath")!);
        string path = Path.Combine("results", study, $"{figure.Name}.svg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, figure.Svg);
        return Path.GetFullPath(path);
    }
}
