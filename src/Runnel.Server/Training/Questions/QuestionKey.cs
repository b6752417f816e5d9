using Runnel.Server.Knowledge.Searching;
using Runnel.Server.Knowledge.Spelling;

namespace Runnel.Server.Training.Questions;

/// <summary>What makes two questions one: what stands from the last sentence with a question mark on, however it is spelled and
/// whatever was said before it.</summary>
internal static class QuestionKey
{
    /// <summary>One that is shorter, such as <c>And you?</c>, asks something only together with what is before it.</summary>
    private const int MinTokens = 3;

    public static string Of(string text)
    {
        var question = text[Begin(text)..];
        return NameKey.Of(SearchTokens.Of(question).Count >= MinTokens ? question : text);
    }

    private static int Begin(string text)
    {
        var end = text.AsSpan().LastIndexOfAny('?', '？');
        for (var i = end - 1; i >= 0; i--)
        {
            var ends = text[i] is '。' or '！' or '？' or '…' or '\n'
                || (text[i] is '.' or '!' or '?' && char.IsWhiteSpace(text[i + 1]));
            if (ends && !string.IsNullOrWhiteSpace(text[(i + 1)..end]))
                return i + 1;
        }

        return 0;
    }
}
