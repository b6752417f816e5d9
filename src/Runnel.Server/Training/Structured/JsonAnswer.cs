using System.Text.Json;
using System.Text.RegularExpressions;

namespace Runnel.Server.Training.Structured;

/// <summary>Finds the JSON in what a model said. Those that know no <c>response_format</c> put it between fences, or after their
/// thoughts.</summary>
internal static partial class JsonAnswer
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 32,
    };

    /// <summary>The object that the answer is; else what is wrong with it, for the model to read.</summary>
    public static Reading<JsonElement> Read(string answer)
    {
        var text = Thoughts().Replace(answer, "").Trim();
        var (start, end) = (text.IndexOf('{', StringComparison.Ordinal), text.LastIndexOf('}'));
        if (start < 0 || end < start)
            return Reading<JsonElement>.Wrong("There is no JSON object in the answer.");
        try
        {
            using var document = JsonDocument.Parse(text[start..(end + 1)], Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException wrong)
        {
            return Reading<JsonElement>.Wrong(
                $"The answer is not JSON: line {(wrong.LineNumber ?? 0) + 1}, byte {wrong.BytePositionInLine ?? 0}.");
        }
    }

    [GeneratedRegex(@"^\s*<think>.*?</think>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Thoughts();
}
