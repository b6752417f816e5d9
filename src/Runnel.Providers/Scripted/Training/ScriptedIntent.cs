using System.Text.RegularExpressions;

namespace Runnel.Providers.Scripted.Training;

/// <summary>What a message is for, by its form.</summary>
internal sealed partial record ScriptedIntent(string Intent, string Stage, bool Extract)
{
    public static ScriptedIntent Of(TrainingTask task)
    {
        var message = task.Message.Trim();
        var kind = Greeting().IsMatch(message) ? "greeting"
            : Correction().IsMatch(message) ? "clarification"
            : ScriptedFacts.Of(message).Entities.Count > 0 ? "information_sharing"
            : message.EndsWith('?') || message.EndsWith('？') ? "question_asking"
            : message.Any(char.IsLetter) ? "information_sharing" : "other";
        return new ScriptedIntent(kind, StageOf(task.RoundsBefore), kind is "information_sharing" or "clarification");
    }

    private static string StageOf(int rounds) => rounds switch
    {
        < 2 => "initial",
        < 6 => "exploring",
        < 20 => "deepening",
        _ => "concluding",
    };

    [GeneratedRegex(@"^(hi|hello|hey|good (morning|evening|day)|thanks?( you)?|bye|goodbye|你好|您好|谢谢|再见)[\s!.,！。，~]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^(no,|actually|i mean|sorry,|不对|不是|其实)", RegexOptions.IgnoreCase)]
    private static partial Regex Correction();
}
