using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Runnel.Server.Conversations.Events;
using Runnel.Server.Training.Events;

namespace Runnel.Server.Tests.Client;

/// <summary>The client's types of events are compared, by its compiler, with what the records of the server are.</summary>
public class EventFieldsTests
{
    private const string Head = """
        // Written by EventFieldsTests from the server's records. The types of src/events are compared with it.

        export interface ServerEvents {

        """;

    private static readonly Dictionary<string, Type> Events = new(StringComparer.Ordinal)
    {
        [EventNames.UserMessage] = typeof(UserMessage),
        [EventNames.Queued] = typeof(TurnQueued),
        [EventNames.Start] = typeof(AiResponseStart),
        [EventNames.ReasoningChunk] = typeof(Chunk),
        [EventNames.Chunk] = typeof(Chunk),
        [EventNames.Reset] = typeof(AiResponseReset),
        [EventNames.Complete] = typeof(AiResponseComplete),
        [EventNames.Error] = typeof(ConversationError),
        [EventNames.Updated] = typeof(ConversationUpdated),
        [EventNames.Deleted] = typeof(ConversationDeleted),
        [TrainingEventNames.Queued] = typeof(TrainingQueued),
        [TrainingEventNames.Start] = typeof(TrainingStart),
        [TrainingEventNames.Chunk] = typeof(TrainingChunk),
        [TrainingEventNames.Complete] = typeof(TrainingComplete),
        [TrainingEventNames.Error] = typeof(TrainingError),
        [TrainingEventNames.MessageDeleted] = typeof(TrainingMessageDeleted),
    };

    [Fact]
    public Task Client_KnowsEveryFieldOfEveryEvent()
    {
        var text = new StringBuilder(Head);
        foreach (var (name, type) in Events)
        {
            text.Append("  ").Append(name).Append(": {\n");
            foreach (var field in Fields(name, type))
                text.Append("    readonly ").Append(field).Append(";\n");
            text.Append("  };\n");
        }

        return ClientFile.HoldsAsync("test/events/server-events.ts", text.Append("}\n").ToString());
    }

    [Fact]
    public void EveryNameOfAnEvent_IsAmongThem()
    {
        var names = new[] { typeof(EventNames), typeof(TrainingEventNames) }
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(names.Order(StringComparer.Ordinal), Events.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Fields(string name, Type type)
    {
        yield return $"type: '{name}'";
        foreach (var property in InfoOf(type).Properties.Where(property => property.Name != "type"))
            yield return Field(property, depth: 2);
        if (type != typeof(Chunk))
            yield break;
        // The text of a delta is the log's own; what it adds up to is written by the stream.
        yield return "content: string";
        if (name == EventNames.Chunk)
            yield return "accumulated_content?: string";
    }

    private static JsonTypeInfo InfoOf(Type type) =>
        EventsJson.Wire.GetTypeInfo(type) ?? TrainingJson.Wire.GetTypeInfo(type)!;

    private static string Field(JsonPropertyInfo property, int depth)
    {
        var isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null || property.IsGetNullable;
        var ignored = property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true);
        var condition = ignored is [JsonIgnoreAttribute attribute] ? attribute.Condition : property.Options.DefaultIgnoreCondition;
        var isOptional = isNullable && condition == JsonIgnoreCondition.WhenWritingNull;
        var orNull = isNullable && !isOptional ? " | null" : "";
        return $"{property.Name}{(isOptional ? "?" : "")}: {TypeOf(property.PropertyType, depth)}{orNull}";
    }

    /// <summary>A type; one that has fields of its own is written a field a line, indented by so many steps.</summary>
    private static string TypeOf(Type declared, int depth)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type == typeof(string) || type == typeof(DateTimeOffset))
            return "string";
        if (type == typeof(JsonElement))
            return "unknown";
        if (type == typeof(bool))
            return "boolean";
        if (type.IsPrimitive)
            return "number";
        if (type.IsAssignableTo(typeof(IEnumerable)))
            return $"readonly {TypeOf(type.GetGenericArguments()[0], depth)}[]";
        var indent = new string(' ', 2 * depth);
        var fields = InfoOf(type).Properties.Select(property => $"{indent}  readonly {Field(property, depth + 1)};\n");
        return $"{{\n{string.Concat(fields)}{indent}}}";
    }
}
