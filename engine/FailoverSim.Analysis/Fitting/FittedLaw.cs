using FailoverSim.Kernel.Laws;

namespace FailoverSim.Analysis.Fitting;

/// <summary>A law fitted to a sample by maximum likelihood.</summary>
/// <param name="Family">Name as in the scenario language.</param>
/// <param name="Parameters">How many numbers were estimated.</param>
/// <param name="Law">The law itself.</param>
/// <param name="Shape">Shape or σ; null for laws that have none, or several.</param>
/// <param name="LogLikelihood">Natural logarithm of the likelihood, times in seconds.</param>
/// <param name="Failures">Times that ended while watched: what information there is.</param>
public sealed record FittedLaw(
    string Family, int Parameters, Law Law, double? Shape, double LogLikelihood, int Failures)
{
    /// <summary>2p − 2l [Akaike 74].</summary>
    public double Aic => 2.0 * Parameters - 2 * LogLikelihood;

    /// <summary>
    /// The same with the correction for small samples of [Hurvich &amp; Tsai 89], n being the number of failures: censored times
    /// tell less than those. +∞ where there are too few for the number of parameters.
    /// </summary>
    public double Aicc => Failures - Parameters - 1 > 0
        ? Aic + 2.0 * Parameters * (Parameters + 1) / (Failures - Parameters - 1)
        : Parameters == 1 ? Aic : double.PositiveInfinity;
}
