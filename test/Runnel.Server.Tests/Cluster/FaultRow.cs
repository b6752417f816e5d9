using System.Globalization;
using Runnel.Server.Tests.Cluster.People;

namespace Runnel.Server.Tests.Cluster;

/// <summary>What one fault did, as a row of the table. Where something is lost or doubled there is no row: the run has failed.</summary>
internal sealed record FaultRow(string Fault, int Times, Sightings Seen)
{
    public static string Header { get; } =
        "| fault | times | messages | what their senders and readers saw | answers interrupted | ended after, at most "
        + "| longest silence | servers ended | events compared | lost | doubled |\n"
        + "|---|---|---|---|---|---|---|---|---|---|---|";

    public required int Messages { get; init; }

    public required long Compared { get; init; }

    public required int Exits { get; init; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Fault} | {Times} | {Messages} | {Answers()} | {Seen.Interruptions} | {Ended()} "
        + $"| {Seen.LongestSilence.TotalSeconds:0.0} s | {Exits} | {Compared:#,0} | 0 | 0 |");

    private string Answers() => string.Join(", ", Seen.Answers.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}: {pair.Value}"));

    private string Ended() => Seen.Interruptions == 0
        ? "" : string.Create(CultureInfo.InvariantCulture, $"{Seen.LastInterruption.TotalSeconds:0.0} s");
}
