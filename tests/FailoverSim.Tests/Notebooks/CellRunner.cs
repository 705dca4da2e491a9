using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace FailoverSim.Tests.Notebooks;

/// <summary>Runs cells one after the other, each with all that those before it have declared.</summary>
internal sealed class CellRunner
{
    private static readonly ScriptOptions Options = ScriptOptions.Default
        .WithLanguageVersion(LanguageVersion.Latest)
        .WithReferences(((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsOfCells))
        .WithImports("System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Threading.Tasks");

    private readonly Kernel _kernel = new();
    private ScriptState? _state;

    /// <returns>What the cell has shown.</returns>
    public async Task<IReadOnlyList<object>> Run(string code)
    {
        _kernel.Shown.Clear();
        _state = _state is null
            ? await CSharpScript.RunAsync(code, Options, _kernel, typeof(Kernel))
            : await _state.ContinueWithAsync(code, Options);
        return [.. _kernel.Shown];
    }

    private static bool IsOfCells(string path) =>
        Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("FailoverSim.", StringComparison.Ordinal)
            || name.StartsWith("ScottPlot", StringComparison.Ordinal) || name.StartsWith("SkiaSharp", StringComparison.Ordinal) || name is "netstandard.dll");
}
