using System.Text.Json;
using Microsoft.Extensions.AI;
using Runnel.Providers.Scripted;

namespace Runnel.Fakes;

/// <summary>
/// What a step of training gets: what the demonstration model says, unless the person's message asks for something else. Faults
/// are those of <see cref="PromptScript"/>, for one step by <c>step=</c>; <c>wrong=prose</c> is a wrong answer each time,
/// <c>wrong=prose@1</c> the first time only.
/// </summary>
internal static class TrainingAnswer
{
    /// <summary>Null when the request is no step of training.</summary>
    public static Answer? For(UpstreamRequest request, int number)
    {
        var data = request.Messages.FirstOrDefault(message => message.Role == "user")?.Content ?? "";
        if (TaskOf(data) is not { } task) return null;
        var script = PromptScript.Parse(data);
        if (script is not null && script.Step is not "" && script.Step != task) script = null;
        return (writer, clientGone) => PlayAsync(writer, script, number, clientGone);
    }

    private static async Task PlayAsync(
        AnswerWriter writer, PromptScript? script, int number, CancellationToken clientGone)
    {
        var text = Wrong(writer.Request, script) ?? await RightAsync(writer.Request, clientGone);
        if (script is null)
            await Answers.Text(text)(writer, clientGone);
        else if (script.HasTokens)
            await new ScriptedFault(script, number).PlayAsync(writer, clientGone);
        else
            await new ScriptedFault(script with { Text = text }, number).PlayAsync(writer, clientGone);
    }

    private static string? TaskOf(string data)
    {
        if (!data.StartsWith("{\"task\":", StringComparison.Ordinal)) return null;
        using var json = JsonDocument.Parse(data);
        return json.RootElement.GetProperty("task").GetString();
    }

    private static string? Wrong(UpstreamRequest request, PromptScript? script)
    {
        if (script is null || script.Wrong.Length == 0) return null;
        var words = script.Wrong.Split('@');
        var tries = request.Messages.Count(message => message.Role == "user");
        return words.Length > 1 && tries > int.Parse(words[1], null) ? null : WrongAnswers.Of(words[0]);
    }

    private static async Task<string> RightAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        using var model = new ScriptedChatClient(new ScriptedOptions { Pace = TimeSpan.Zero });
        var messages = request.Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content));
        return (await model.GetResponseAsync(messages, null, cancellationToken)).Text;
    }
}
