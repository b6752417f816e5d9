using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Runnel.Server.Gates;

namespace Runnel.Server.Describing;

/// <summary>What a stream reads from query and header by itself, so that no signature shows it.</summary>
internal static class StreamParameters
{
    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<EventStreamMark>().Any())
            return;
        operation.Parameters ??= [];
        operation.Parameters.Add(Parameter("Last-Event-ID", "The cursor after which to go on.", ParameterLocation.Header));
        operation.Parameters.Add(Parameter("after", "The same, where no header can be sent; 0 replays all that is kept."));
        operation.Parameters.Add(Parameter("accumulated", "false: chunks come without accumulated_content."));
        operation.Parameters.Add(Parameter("heartbeat", "event: an event ping goes with each heartbeat."));
        operation.Parameters.Add(Parameter("ticket", "Of POST /auth/stream-ticket, where nothing else can be sent."));
    }

    private static OpenApiParameter Parameter(
        string name, string description, ParameterLocation place = ParameterLocation.Query) => new()
        {
            Name = name,
            In = place,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
