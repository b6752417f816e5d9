using System.Globalization;

namespace Runnel.Bench.Flood;

/// <summary>What so many measured times look like, in milliseconds.</summary>
internal sealed record Figures(int Count, double Median, double P95, double P99, double Worst)
{
    public static Figures Of(List<double> values)
    {
        values.Sort();
        return new Figures(values.Count, At(values, 0.5), At(values, 0.95), At(values, 0.99), values[^1]);
    }

    /// <summary>Cells of a table.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Median:0.0} | {P95:0.0} | {P99:0.0} | {Worst:0.0}");

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];
}
