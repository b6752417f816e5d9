using System.Text.Json.Serialization;

namespace Runnel.Server.Transfer.Files;

/// <summary>The lines of a file that are not rows: its header, the beginning of a table, the counters, the end.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ExportHeader))]
[JsonSerializable(typeof(ExportMark))]
internal sealed partial class ExportLines : JsonSerializerContext;
