namespace Runnel.Server.Training.Progress;

/// <summary>Why a round ended without a question, for people.</summary>
internal static class ErrorWords
{
    private static readonly Dictionary<string, string> InChinese = new()
    {
        ["stopped"] = "这一轮训练已停止。在此之前学到的内容会保留。",
        ["digital_human_deleted"] = "这个数字人已被删除。",
        ["step_timeout"] = "有一步用时过长。请稍后再试，或分几次告诉它。",
        ["invalid_model_output"] = "模型的回答两次都不符合要求的格式。请再试一次，或换一个模型。",
        ["too_many_entities"] = "这条消息里的内容太多，一次记不下。请分几次告诉它。",
        ["knowledge_full"] = "这个数字人的知识已满。请先让它忘记一些。",
        ["unknown_model"] = "这个数字人所用的模型已不存在。请为它选择另一个模型。",
        ["upstream_unavailable"] = "模型服务暂时不可用。请稍后再试。",
        ["upstream_rejected"] = "模型服务拒绝了请求。请检查模型的设置。",
        ["upstream_timeout"] = "模型没有及时回应。请稍后再试。",
        ["upstream_stalled"] = "模型中途停止了回应。请稍后再试。",
        ["upstream_malformed"] = "模型服务的回应无法读取。请稍后再试。",
        ["upstream_closed"] = "模型的回答中途断开。请稍后再试。",
        ["turn_timeout"] = "模型用时过长。请稍后再试。",
        ["content_refused"] = "模型拒绝回答。",
        ["internal"] = "服务器出了问题。请再试一次。",
    };

    /// <param name="language">Whose.</param>
    /// <param name="code">The code that programs are told.</param>
    /// <param name="english">The sentence, which may say more.</param>
    public static string Of(Language language, string code, string english) =>
        language == Language.Zh && InChinese.TryGetValue(code, out var sentence) ? sentence : english;
}
