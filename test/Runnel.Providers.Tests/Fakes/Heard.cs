using Microsoft.Extensions.AI;

namespace Runnel.Providers.Tests.Fakes;

/// <summary>All that an answer said.</summary>
internal sealed record Heard(
    string Text, string Reasoning, string? Finish, long? Input, long? Output, string? Id, string? Model)
{
    public static async Task<Heard> FromAsync(IChatClient client, ChatOptions? options = null)
    {
        var heard = new Heard("", "", null, null, null, null, null);
        var messages = new[] { new ChatMessage(ChatRole.User, "hi") };
        var cancellation = TestContext.Current.CancellationToken;
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, cancellation))
        {
            Assert.NotEmpty(update.FinishReason is null ? update.Contents : [new TextContent("last")]);
            Assert.Null(heard.Finish);
            Assert.False(update.Text.Length > 0 && char.IsHighSurrogate(update.Text[^1]), "Half a character.");
            heard = heard.With(update);
        }

        return heard;
    }

    private Heard With(ChatResponseUpdate update)
    {
        var usage = update.Contents.OfType<UsageContent>().SingleOrDefault()?.Details;
        return this with
        {
            Text = Text + update.Text,
            Reasoning = Reasoning + string.Concat(update.Contents.OfType<TextReasoningContent>().Select(part => part.Text)),
            Finish = update.FinishReason?.Value ?? Finish,
            Input = usage?.InputTokenCount ?? Input,
            Output = usage?.OutputTokenCount ?? Output,
            Id = update.ResponseId ?? Id,
            Model = update.ModelId ?? Model,
        };
    }
}
