using FailoverSim.Kernel.Laws;
using FailoverSim.Models.Laws;
using Xunit;

namespace FailoverSim.Tests.Laws;

/// <summary>Values computed with 40 and more digits (mpmath: erfc, regularised gammainc).</summary>
public sealed class LawPrecisionTests
{
    [Theory]
    [InlineData(-30.0, 4.9067139271481871E-198)]
    [InlineData(-8.0, 6.2209605742717861E-16)]
    [InlineData(-5.1, 1.6982675513532239E-7)]
    [InlineData(-4.9, 4.7918339139866281E-7)]
    [InlineData(-1.0, 0.17275377902344989)]
    [InlineData(0.0, 0.69314718055994531)]
    [InlineData(0.3, 0.96210281816885067)]
    [InlineData(0.5, 1.1759117615936186)]
    [InlineData(1.0, 1.8410216450092635)]
    [InlineData(2.0, 3.7831843336820319)]
    [InlineData(3.3, 7.6346161480711279)]
    [InlineData(4.9, 14.551182689355311)]
    [InlineData(5.0, 15.064998393988726)]
    [InlineData(5.1, 15.588487091871468)]
    [InlineData(8.0, 35.01343715991455)]
    [InlineData(20.0, 203.91715537109726)]
    [InlineData(37.0, 689.03058557689059)]
    [InlineData(50.0, 1254.8313611394199)]
    public void Normal_hazard_has_its_known_value(double z, double expected)
    {
        // The exponential of z²/2 costs digits far below.
        LawTests.AssertClose(expected, Normal.CumulativeHazard(z), z < -10 ? 5e-14 : 2e-15);
        // One last digit of the hazard moves z by this much.
        double blur = 2e-15 + 4e-16 * expected / Normal.Hazard(z) / Math.Max(Math.Abs(z), 1e-3);
        if (z != 0)
        {
            LawTests.AssertClose(z, Normal.InverseCumulativeHazard(expected), blur);
        }
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(1e-20, -9.2623400897984070)]
    [InlineData(0.95, 1.6448536269514727)]
    [InlineData(0.99, 2.3263478740408408)]
    public void Normal_quantile_has_its_known_value(double p, double expected) =>
        Assert.Equal(expected, Normal.Quantile(p), 1e-14);

    [Theory]
    [InlineData(0.05, 1E-10, 0.39279742485810598, 2e-14)]
    [InlineData(0.5, 0.001, 0.036322332917113242, 2e-14)]
    [InlineData(0.5, 3, 4.2470847467855897, 2e-14)]
    [InlineData(0.5, 650, 653.81161888143187, 2e-14)]
    [InlineData(2, 1E-8, 4.9999999666666669E-17, 2e-14)]
    [InlineData(2, 2.9, 1.5390234468643993, 2e-14)]
    [InlineData(2, 3.1, 1.6890130262897379, 2e-14)]
    [InlineData(2, 700, 693.44749211296541, 2e-14)]
    [InlineData(9.9, 5, 0.035082590573418888, 2e-14)]
    [InlineData(10.1, 5, 0.029800262485838316, 2e-14)]
    [InlineData(30, 5, 2.8175176155779623E-14, 2e-14)]
    [InlineData(30, 28, 0.473834468452448, 2e-14)]
    [InlineData(30, 33, 1.2826503825161265, 2e-14)]
    [InlineData(30, 600, 485.69662713676617, 2e-14)]
    [InlineData(1000, 800, 5.5014197761943609E-12, 1e-12)]
    [InlineData(1000, 1000, 0.7015932366459725, 1e-12)]
    [InlineData(1000, 1200, 20.470050520898304, 1e-12)]
    [InlineData(1000, 3000, 906.45450699007447, 1e-12)]
    public void Gamma_hazard_has_its_known_value(double shape, double x, double expected, double relative) =>
        LawTests.AssertClose(expected, new Gamma(shape, 1).CumulativeHazard(x), relative);

    [Theory]
    [InlineData("weibull", 20, 1E-9, 2.4999999999984375E-11)]
    [InlineData("weibull", 0.0001, 1E-12, 4.9998750062496094E-9)]
    [InlineData("weibull", 26, 1, 0.019223662515374903)]
    [InlineData("weibull", 1E-9, 0.5, 0.70710678018654753)]
    [InlineData("lognormal", 1E10, 1E-9, 0.43347994350339923)]
    [InlineData("lognormal", 1E10, 1, 442588713.47510125)]
    [InlineData("lognormal", 0.01, 1E-15, 1.0098554768266824E-12)]
    [InlineData("lognormal", 3, 1E-7, 1.8695431040221782E-7)]
    [InlineData("lognormal", 1, 1E-12, 1.253314137315659E-12)]
    [InlineData("gamma", 600, 1E-9, 1.0016666666666653E-9)]
    [InlineData("gamma", 600, 1, 1.0016652770106689)]
    [InlineData("gamma", 0.001, 1E-12, 1.0009994995005008E-9)]
    [InlineData("gamma", 2, 1E-8, 1.499999998125E-8)]
    public void Residual_keeps_its_digits_where_ages_cancel(string law, double age, double threshold, double expected)
    {
        Law subject = law switch
        {
            "weibull" => new Weibull(2, 1),
            "lognormal" => new LogNormal(0, 1),
            _ => new Gamma(2, 1),
        };
        LawTests.AssertClose(expected, subject.Residual(age, threshold), law == "weibull" ? 1e-14 : 1e-8);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(7.3)]
    [InlineData(1000)]
    [InlineData(100000)]
    public void Gamma_of_any_shape_is_inverted(double shape)
    {
        Gamma law = new(shape, 1);
        foreach (double y in (double[])[1e-14, 1e-5, 0.1, 0.7, 1, 3, 30, 300, 700])
        {
            double x = law.InverseCumulativeHazard(y);
            LawTests.AssertClose(y, law.CumulativeHazard(x), 1e-11 * Math.Max(1, 0.01 * shape));
        }
    }

    [Theory]
    [InlineData(1e-300, 1e-300, 1e-300)]
    [InlineData(1e-17, 1e-17, 1e-17)]
    [InlineData(-1e-9, -1.0000000005000000003e-9, -9.999999995e-10)]
    [InlineData(0.3, 0.26236426446749106, 0.34985880757600310)]
    [InlineData(3.0, 1.3862943611198906, 19.085536923187668)]
    public void Logarithm_and_exponential_near_one_keep_their_digits(double x, double logarithm, double exponential)
    {
        LawTests.AssertClose(logarithm, Law.LogOnePlus(x), 4e-16);
        LawTests.AssertClose(exponential, Law.ExpMinusOne(x), 4e-16);
    }
}
