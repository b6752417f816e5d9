using System.Text.Json;
using System.Text.Json.Serialization;

namespace Runnel.Server.Persistence;

/// <summary>Writes times on the wire as the database has them, so that the same time never looks different.</summary>
internal sealed class UtcJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(UtcText.Write(value));
}
