using Runnel.Server.Knowledge.Merging;

namespace Runnel.Server.Knowledge.Changes;

/// <summary>Why nothing of what a message said can be stored.</summary>
/// <param name="Code">For programs; stable.</param>
/// <param name="Detail">For a person.</param>
internal sealed record MergeRefusal(string Code, string Detail)
{
    public static MergeRefusal TooManyEntities { get; } = new(
        "too_many_entities",
        $"More than {MergeLimits.Entities} things or {MergeLimits.Relations} relations were found in this message. Tell it in parts.");

    public static MergeRefusal Full { get; } = new(
        "knowledge_full",
        $"There is no room for this: a digital human keeps at most {MergeLimits.Facts} facts. Let it forget something first.");
}
