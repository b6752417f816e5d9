using System.Globalization;

namespace Runnel.Server.Training.Progress;

/// <summary>What people are told while a round goes on.</summary>
internal static class Words
{
    public static string Started(Language language) => language == Language.Zh ? "开始新的一轮训练。" : "A training round begins.";

    public static string Completed(Language language, int things) => (language, things) switch
    {
        (Language.Zh, 0) => "本轮训练完成，没有新的知识。",
        (Language.Zh, _) => string.Create(CultureInfo.InvariantCulture, $"本轮训练完成，记下了 {things} 条知识。"),
        (_, 0) => "The round is complete. There was nothing to learn.",
        (_, 1) => "The round is complete. 1 thing was noted.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The round is complete. {things} things were noted."),
    };

    /// <summary>What a step is about to do.</summary>
    public static string Doing(Language language, string step) => (language, step) switch
    {
        (Language.Zh, StepNames.Intent) => "正在理解你的意思…",
        (Language.Zh, StepNames.Extraction) => "正在提取其中的知识…",
        (Language.Zh, StepNames.Analysis) => "正在整理已知的内容…",
        (Language.Zh, StepNames.Question) => "正在准备下一个问题…",
        (Language.Zh, _) => "正在保存…",
        (_, StepNames.Intent) => "Understanding what you mean…",
        (_, StepNames.Extraction) => "Looking for what can be learned…",
        (_, StepNames.Analysis) => "Going through what is known…",
        (_, StepNames.Question) => "Thinking of the next question…",
        _ => "Saving…",
    };

    public static string Resumed(Language language) =>
        language == Language.Zh ? "服务重启过，从中断处继续。" : "The server was restarted. Going on from where it was.";

    public static string AskingAgain(Language language) =>
        language == Language.Zh ? "模型没有回应，正在重试…" : "The model did not answer. Asking again…";

    public static string Repairing(Language language) =>
        language == Language.Zh ? "模型的回答格式不对，正在请它重写…" : "The model's answer had the wrong form. Asking it to write it again…";

    public static string AnotherQuestion(Language language) =>
        language == Language.Zh ? "这个问题已经问过，换一个…" : "That was asked before. Looking for another question…";
}
