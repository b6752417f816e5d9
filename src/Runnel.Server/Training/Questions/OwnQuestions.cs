using System.Globalization;
using Runnel.Server.Training.Progress;

namespace Runnel.Server.Training.Questions;

/// <summary>Questions for where a model knows none that was not asked before.</summary>
internal static class OwnQuestions
{
    private static readonly Dictionary<string, (string[] English, string[] Chinese)> Areas = new()
    {
        ["person"] = (
            ["Who is important in your life?", "Who would miss you first?"],
            ["你生活中谁很重要？", "谁会最先想念你？"]),
        ["organization"] = (
            ["Which companies, schools or clubs have you had to do with?", "Where did you work before?"],
            ["你和哪些公司、学校或社团有过关系？", "你以前在哪里工作过？"]),
        ["location"] = (
            ["Where have you lived so far?", "Which place do you think of as home?"],
            ["你住过哪些地方？", "哪里让你有家的感觉？"]),
        ["skill"] = (
            ["What can you do that few others can?", "What did you have to learn the hard way?"],
            ["你会做哪些别人很少会的事？", "什么是你费了很大力气才学会的？"]),
        ["hobby"] = (
            ["How do you spend a free day?", "What could you talk about for hours?"],
            ["空闲的一天你会怎么过？", "聊起什么你可以说上几个小时？"]),
        ["event"] = (
            ["What has happened lately that you will remember?", "What are you looking forward to?"],
            ["最近发生了什么让你难忘的事？", "你在期待什么事情？"]),
        ["date"] = (
            ["Which days of the year do you celebrate?", "Since when have you been doing what you do now?"],
            ["一年里你会庆祝哪些日子？", "你从什么时候开始做现在的事？"]),
        ["concept"] = (
            ["What matters to you more than money?", "Which rule do you live by?"],
            ["有什么对你来说比钱更重要？", "你的人生信条是什么？"]),
    };

    /// <summary>The first that was not asked: of areas about which little is known, of what is known, or any at all.</summary>
    /// <param name="language">In which it is asked.</param>
    /// <param name="thinAreas">Types of which little is known, the thinnest first.</param>
    /// <param name="names">What is known.</param>
    /// <param name="asked">The keys of all questions that were asked.</param>
    public static string Choose(
        Language language, IEnumerable<string> thinAreas, IEnumerable<string> names, IReadOnlySet<string> asked) =>
        thinAreas.Concat(Areas.Keys).Distinct().SelectMany(area => Of(area, language))
            .Concat(names.Select(name => About(name, language)))
            .Concat(Numbered(asked.Count + 1, language))
            .First(question => !asked.Contains(QuestionKey.Of(question)));

    private static string[] Of(string area, Language language) =>
        !Areas.TryGetValue(area, out var questions) ? []
        : language == Language.Zh ? questions.Chinese : questions.English;

    private static string About(string name, Language language) =>
        language == Language.Zh ? $"关于“{name}”，还有什么是我该知道的？" : $"What else should I know about {name}?";

    /// <summary>Without end.</summary>
    private static IEnumerable<string> Numbered(int first, Language language)
    {
        for (var number = first; ; number++)
        {
            yield return language == Language.Zh
                ? string.Create(CultureInfo.InvariantCulture, $"这是我的第 {number} 个问题：你还想告诉我什么？")
                : string.Create(CultureInfo.InvariantCulture, $"For my question number {number}, what else would you like to tell me?");
        }
    }
}
