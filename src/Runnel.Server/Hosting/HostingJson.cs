using System.Text.Json.Serialization;

namespace Runnel.Server.Hosting;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(HealthAnswer))]
internal sealed partial class HostingJson : JsonSerializerContext;
