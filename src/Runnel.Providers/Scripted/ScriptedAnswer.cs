using System.Globalization;

namespace Runnel.Providers.Scripted;

/// <summary>The words of the demonstration model.</summary>
internal static class ScriptedAnswer
{
    private const string Settings = """
        ```bash
        export OPENAI_API_KEY=sk-...
        export OPENAI_BASE_URL=https://api.openai.com/v1
        export OPENAI_MODEL=gpt-4o-mini
        ```
        """;

    public static string To(ScriptedQuestion question) => question.IsChinese ? Chinese(question) : English(question);

    private static string English(ScriptedQuestion question) => $"""
        I am the **built-in demonstration model**. No real model is connected yet, so I cannot answer your question, but \
        what you see is streamed, stored and resumed exactly as a real answer would be.

        You wrote: "{question.Quote}". {Earlier(question.Rounds)}

        To connect a real model, do one of these and start the server again:

        - Set three environment variables for any OpenAI-compatible endpoint:

        {Settings}

        - Or start a local model with [Ollama](https://ollama.com), `ollama run llama3.2`: it is found by itself.

        While I write you can reload the page, or open a second tab: nothing is lost and nothing is repeated.
        """.Replace("\\\n", "", StringComparison.Ordinal);

    private static string Chinese(ScriptedQuestion question) => $"""
        我是**内置的演示模型**。现在还没有连接真正的模型，所以我无法回答你的问题；不过你看到的这段文字，\
        和真正的回答一样被流式传输、保存，并且可以断点续传。

        你写的是：“{question.Quote}”。{EarlierInChinese(question.Rounds)}

        要连接真正的模型，请任选一种方式，然后重新启动服务：

        - 为任何兼容 OpenAI 的接口设置三个环境变量：

        {Settings}

        - 或者用 [Ollama](https://ollama.com) 启动一个本地模型：`ollama run qwen3`，它会被自动发现。

        在我书写的时候，你可以刷新页面、打开第二个标签页：不会丢失一个字，也不会重复一个字。
        """.Replace("\\\n", "", StringComparison.Ordinal);

    private static string Earlier(int rounds) => rounds switch
    {
        0 => "This is the first round of our conversation.",
        1 => "Before that, there was 1 earlier round in this conversation.",
        _ => string.Create(
            CultureInfo.InvariantCulture, $"Before that, there were {rounds} earlier rounds in this conversation."),
    };

    private static string EarlierInChinese(int rounds) => rounds == 0
        ? "这是我们对话的第一轮。"
        : string.Create(CultureInfo.InvariantCulture, $"在此之前，这个对话已经有 {rounds} 轮。");
}
