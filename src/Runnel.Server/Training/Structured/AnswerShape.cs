using System.Text.Json;

namespace Runnel.Server.Training.Structured;

/// <summary>The form in which a model is to answer.</summary>
/// <param name="Name">What the model's server calls it.</param>
/// <param name="Schema">Its JSON schema, in the subset that servers take as strict: every member required, no others.</param>
/// <param name="Read">Reads an answer of that form.</param>
internal sealed record AnswerShape<T>(string Name, JsonElement Schema, Func<JsonElement, Reading<T>> Read)
{
    /// <summary>Takes the schema as text.</summary>
    public static JsonElement Parse(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}
