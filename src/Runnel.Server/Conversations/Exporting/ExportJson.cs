using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations.Exporting;

/// <summary>The JSON of an export, for programs and for people who look into the file.</summary>
[JsonSerializable(typeof(ExportedMessage))]
internal sealed partial class ExportJson : JsonSerializerContext
{
    public static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    public static ExportJson File { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = Encoder,
        Converters = { new UtcJsonConverter() },
    });
}
