namespace FailoverSim.Analysis.Fitting;

/// <summary>
/// Maxima of smooth functions of one or two variables by Newton's method on central differences, damped like Levenberg and
/// Marquardt's: a step that does not climb is shortened and turned towards the gradient.
/// </summary>
internal static class Maximum
{
    private const double Step = 1e-4;
    private const double Tolerance = 1e-9;
    private const int MostSteps = 100;

    public static (double X, double Value) Of(Func<double, double> f, double start, double low, double high)
    {
        var (x, _, value) = Of((a, _) => f(a), (start, 0), (low, 0), (high, 0));
        return (x, value);
    }

    /// <param name="f">May be −∞, but not at the start.</param>
    /// <param name="start">First guess, within the bounds.</param>
    /// <param name="low">Least values; a variable whose bounds are equal is held.</param>
    /// <param name="high">Greatest values.</param>
    public static (double X, double Y, double Value) Of(
        Func<double, double, double> f, (double X, double Y) start, (double X, double Y) low, (double X, double Y) high)
    {
        double x = Math.Clamp(start.X, low.X, high.X), y = Math.Clamp(start.Y, low.Y, high.Y);
        bool moves = high.Y > low.Y;
        double value = f(x, y);
        double damping = 1e-3;
        for (int step = 0; step < MostSteps; step++)
        {
            // At a bound the differences are taken one step inside.
            double cx = Math.Clamp(x, low.X + Step, high.X - Step);
            double cy = moves ? Math.Clamp(y, low.Y + Step, high.Y - Step) : y;
            double centre = cx == x && cy == y ? value : f(cx, cy);
            double right = f(cx + Step, cy), left = f(cx - Step, cy);
            double gx = (right - left) / (2 * Step), hxx = (right - 2 * centre + left) / (Step * Step);
            double gy = 0, hyy = -1, hxy = 0;
            if (moves)
            {
                double up = f(cx, cy + Step), down = f(cx, cy - Step);
                gy = (up - down) / (2 * Step);
                hyy = (up - 2 * centre + down) / (Step * Step);
                hxy = (f(cx + Step, cy + Step) - right - up + 2 * centre - left - down + f(cx - Step, cy - Step)) / (2 * Step * Step);
            }
            bool climbed = false;
            double moved = 0;
            for (; !climbed && damping < 1e12; damping *= climbed ? 1 : 10)
            {
                var (dx, dy) = Solve(hxx, hxy, hyy, gx, gy, damping);
                double nx = Math.Clamp(x + Math.Clamp(dx, -1.5, 1.5), low.X, high.X);
                double ny = moves ? Math.Clamp(y + Math.Clamp(dy, -1.5, 1.5), low.Y, high.Y) : y;
                moved = Math.Max(Math.Abs(nx - x), Math.Abs(ny - y));
                double next = moved == 0 ? value : f(nx, ny);
                climbed = next >= value;
                if (climbed)
                {
                    (x, y, value) = (nx, ny, next);
                }
                else if (moved < Tolerance)
                {
                    break;
                }
            }
            damping = Math.Max(1e-9, damping / 100);
            if (!climbed || moved < Tolerance)
            {
                break;
            }
        }
        return (x, y, value);
    }

    /// <summary>The step −(H − shift)⁻¹ g with H − shift negative definite.</summary>
    private static (double X, double Y) Solve(double hxx, double hxy, double hyy, double gx, double gy, double damping)
    {
        double half = 0.5 * (hxx + hyy);
        double root = Math.Sqrt(0.25 * (hxx - hyy) * (hxx - hyy) + hxy * hxy);
        double scale = Math.Max(Math.Abs(half + root), Math.Max(Math.Abs(half - root), 1e-12));
        double shift = Math.Max(0, half + root + 1e-9 * scale);
        double a = -hxx + shift + damping * Math.Max(Math.Abs(hxx), 1e-3 * scale);
        double b = -hyy + shift + damping * Math.Max(Math.Abs(hyy), 1e-3 * scale);
        double determinant = a * b - hxy * hxy;
        return determinant > 0 && double.IsFinite(determinant)
            ? ((b * gx + hxy * gy) / determinant, (a * gy + hxy * gx) / determinant)
            : (Math.Sign(gx) * 0.1 / (1 + damping), Math.Sign(gy) * 0.1 / (1 + damping));
    }
}
