using Microsoft.Extensions.AI;

namespace Runnel.Providers.Scripted;

/// <summary>What the demonstration model takes from a conversation.</summary>
/// <param name="Quote">The beginning of the last user message, on one line.</param>
/// <param name="Rounds">How many user messages came before it.</param>
/// <param name="IsChinese">Whether it has Chinese characters.</param>
/// <param name="Words">The words of the whole conversation.</param>
internal sealed record ScriptedQuestion(string Quote, int Rounds, bool IsChinese, int Words)
{
    private const int LongestQuote = 60;

    public static ScriptedQuestion From(IEnumerable<ChatMessage> messages)
    {
        var last = "";
        var asked = 0;
        var words = 0;
        foreach (var message in messages)
        {
            words += Scripted.Words.Split(message.Text).Count();
            if (message.Role != ChatRole.User) continue;
            last = message.Text;
            asked++;
        }

        return new ScriptedQuestion(Begin(last), Math.Max(asked - 1, 0), last.Any(Scripted.Words.IsChinese), words);
    }

    private static string Begin(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('`', '\'');
        if (line.Length <= LongestQuote) return line;
        var cut = char.IsHighSurrogate(line[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return line[..cut] + "…";
    }
}
