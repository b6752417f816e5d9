using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Runnel.Server.Turns.Context;

/// <summary>What a model is told of who it is: the persona as its owner wrote it, first, then its name and its greeting.</summary>
internal static class CharacterText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Character character)
    {
        var human = character.Human;
        var text = new StringBuilder(human.Persona);
        text.Append("\n\nYour name is ").Append(Quoted(human.Name)).Append('.');
        // The greeting is no message: who reads the conversation has seen it before the first one.
        if (human.Greeting is { } greeting)
            text.Append("\nYou began this conversation with the words ").Append(Quoted(greeting)).Append('.');
        return text.ToString();
    }

    /// <summary>On one line, in quotes that nothing in it can close, and without a bracket that could close anything else.</summary>
    private static string Quoted(string text) => JsonSerializer.Serialize(text, Json)
        .Replace("<", "\\u003C", StringComparison.Ordinal)
        .Replace(">", "\\u003E", StringComparison.Ordinal);
}
