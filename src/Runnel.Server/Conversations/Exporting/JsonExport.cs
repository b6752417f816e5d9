using System.IO.Pipelines;
using System.Text.Json;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>All branches: every message names its parent, and comes after it.</summary>
internal static class JsonExport
{
    public static async Task WriteAsync(
        Stream file, ConversationExport export, RunnelDbContext database, CancellationToken cancellationToken)
    {
        // Serializing flushes its writer synchronously, which a response does not take: it goes through a pipe.
        var pipe = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        await using var json = new Utf8JsonWriter(
            pipe, new JsonWriterOptions { Indented = true, Encoder = ExportJson.Encoder });
        json.WriteStartObject();
        WriteHead(json, export);
        json.WriteStartArray("messages");
        await foreach (var page in export.ReadAsync(database, export.Tree.All(), cancellationToken))
        {
            foreach (var message in page)
                JsonSerializer.Serialize(json, message, ExportJson.File.ExportedMessage);
            await pipe.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        await pipe.FlushAsync(cancellationToken);
    }

    private static void WriteHead(Utf8JsonWriter json, ConversationExport export)
    {
        var conversation = export.Conversation;
        json.WriteString("thread_id", conversation.ThreadId);
        json.WriteString("title", conversation.Title);
        if (conversation.DigitalHumanId is { } human)
            json.WriteNumber("digital_human_id", human);
        else
            json.WriteNull("digital_human_id");
        json.WriteString("created_at", UtcText.Write(conversation.CreatedAt));
        json.WriteString("updated_at", UtcText.Write(conversation.UpdatedAt));
        json.WriteString("exported_at", UtcText.Write(export.ExportedAt));
        json.WriteString("active_message_id", conversation.ActiveMessageId);
    }
}
