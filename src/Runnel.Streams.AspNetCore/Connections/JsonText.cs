using System.Text.Encodings.Web;
using System.Text.Json;

namespace Runnel.Streams.AspNetCore.Connections;

/// <summary>How JSON is written into frames: as it is read, Chinese as Chinese.</summary>
internal static class JsonText
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
