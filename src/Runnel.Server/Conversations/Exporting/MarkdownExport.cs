using System.Globalization;
using System.Text;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>The active branch, to be read. All text of people and models stands in quotes, which nothing in it can leave: what
/// people wrote as they wrote it, answers as the Markdown that they are, without HTML.</summary>
internal static class MarkdownExport
{
    public static async Task WriteAsync(
        Stream file, ConversationExport export, RunnelDbContext database, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(file, new UTF8Encoding(false)) { NewLine = "\n" };
        var branch = export.Tree.PathTo(export.Conversation.ActiveMessageId);
        await text.WriteAsync(Head(export, branch.Count));
        await foreach (var page in export.ReadAsync(database, branch, cancellationToken))
        {
            foreach (var message in page)
                await text.WriteAsync(message.Role == "user" ? Question(message) : Answer(message));
            await text.FlushAsync(cancellationToken);
        }
    }

    private static string Head(ConversationExport export, int shown)
    {
        var conversation = export.Conversation;
        var title = conversation.Title.Length == 0 ? "Conversation" : MarkdownText.Literal(conversation.Title);
        return $"""
            # {title}

            - Conversation: `{conversation.ThreadId}`
            - Begun: {UtcText.Write(conversation.CreatedAt)}
            - Last activity: {UtcText.Write(conversation.UpdatedAt)}
            - Exported: {UtcText.Write(export.ExportedAt)}
            - Messages: {shown} of {export.Tree.Count} (the active branch)

            """;
    }

    private static string Question(ExportedMessage message) =>
        $"""

        ## You

        {MarkdownText.Quote(MarkdownText.Literal(message.Content))}

        `{message.MessageId}` · {UtcText.Write(message.CreatedAt)}

        """;

    private static string Answer(ExportedMessage message)
    {
        var text = new StringBuilder("\n## Answer\n\n");
        if (message.Reasoning.Length > 0)
            text.Append($"Reasoning:\n\n{Quoted(message.Reasoning)}\n\nAnswer:\n\n");
        if (message.Content.Length > 0)
            text.Append($"{Quoted(message.Content)}\n\n");
        return text.Append($"`{message.MessageId}` · {string.Join(" · ", Provenance(message))}\n").ToString();
    }

    private static string Quoted(string answer) => MarkdownText.Quote(MarkdownText.WithoutHtml(answer));

    private static IEnumerable<string> Provenance(ExportedMessage message)
    {
        var ended = message.EndedAt is { } end ? $" to {UtcText.Write(end)}" : "";
        yield return UtcText.Write(message.CreatedAt) + ended;
        yield return "model " + MarkdownText.Literal(message.Model ?? "unknown");
        yield return message.FinishReason is { } reason
            ? $"{message.Status} ({MarkdownText.Literal(reason)})"
            : message.Status;
        if (message.Usage is { } usage)
        {
            var estimated = usage.Estimated ? " (estimated)" : "";
            yield return string.Create(
                CultureInfo.InvariantCulture, $"{usage.InputTokens} tokens in, {usage.OutputTokens} out{estimated}");
        }

        yield return message.KnowledgeUsed.Count == 0
            ? "no knowledge used"
            : "knowledge used: " + string.Join(
                ", ", message.KnowledgeUsed.Select(used => MarkdownText.Literal(used.Name.ReplaceLineEndings(" "))));
        if (message.Rating is { } rating)
        {
            var comment = message.Comment is { } said ? ": " + MarkdownText.Literal(said.ReplaceLineEndings(" ")) : "";
            yield return $"rated {rating}{comment}";
        }
    }
}
