using System.Globalization;

namespace Runnel.Fakes;

/// <summary>
/// What <c>[[tokens=50 delay=20ms fault=reset@20]]</c> in a prompt asks for. Unknown words are ignored.
/// </summary>
public sealed record PromptScript
{
    public int Tokens { get; init; } = 20;

    /// <summary>Whether the prompt says how many.</summary>
    public bool HasTokens { get; init; }

    public TimeSpan Delay { get; init; }

    public TimeSpan FirstDelay { get; init; }

    public int Reasoning { get; init; }

    public bool Crlf { get; init; }

    public bool Comments { get; init; }

    public bool Utf8 { get; init; }

    /// <summary>The fault, or an HTTP status; empty: none.</summary>
    public string Fault { get; init; } = "";

    /// <summary>After how many tokens; for a status: how many requests it is for. Null: not said.</summary>
    public int? At { get; init; }

    public int HugeKilobytes { get; init; } = 900;

    public string? RetryAfter { get; init; }

    /// <summary>The step of training that it is for; empty: every one.</summary>
    public string Step { get; init; } = "";

    /// <summary>Which wrong answer a step of training gets, and how often; see <see cref="WrongAnswers"/>.</summary>
    public string Wrong { get; init; } = "";

    /// <summary>What is said instead of so many words.</summary>
    public string? Text { get; init; }

    /// <summary>Null when the prompt asks for nothing.</summary>
    public static PromptScript? Parse(string prompt)
    {
        var start = prompt.IndexOf("[[", StringComparison.Ordinal);
        var end = start < 0 ? -1 : prompt.IndexOf("]]", start, StringComparison.Ordinal);
        if (end < 0) return null;
        var words = prompt[(start + 2)..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Aggregate(new PromptScript(), Apply);
    }

    private static PromptScript Apply(PromptScript script, string word)
    {
        var (key, value) = Cut(word, '=');
        return key switch
        {
            "tokens" => script with { Tokens = Number(value), HasTokens = true },
            "delay" => script with { Delay = Duration(value) },
            "ttft" => script with { FirstDelay = Duration(value) },
            "reasoning" => script with { Reasoning = Number(value) },
            "hugekb" => script with { HugeKilobytes = Number(value) },
            "retry_after" => script with { RetryAfter = value },
            "step" => script with { Step = value },
            "wrong" => script with { Wrong = value },
            "fault" => ApplyFault(script, value),
            _ => ApplyFault(script, word),
        };
    }

    /// <summary>
    /// A dialect may stand alone or be named as a fault: <c>crlf</c>, <c>crlf=1</c>, <c>fault=crlf</c>.
    /// </summary>
    private static PromptScript ApplyFault(PromptScript script, string word)
    {
        var (name, at) = Cut(word, '@');
        return Cut(name, '=').Key switch
        {
            "crlf" => script with { Crlf = true },
            "comments" => script with { Comments = true },
            "utf8" => script with { Utf8 = true },
            _ when name.Contains('=', StringComparison.Ordinal) => script,
            _ => script with { Fault = name, At = at.Length == 0 ? null : Number(at) },
        };
    }

    private static (string Key, string Value) Cut(string word, char separator)
    {
        var at = word.IndexOf(separator, StringComparison.Ordinal);
        return at < 0 ? (word, "") : (word[..at], word[(at + 1)..]);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static TimeSpan Duration(string text)
    {
        var digits = text.TrimEnd('u', 'm', 's');
        var value = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return text[digits.Length..] switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }
}
