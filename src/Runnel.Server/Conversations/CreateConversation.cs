using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using Runnel.Server.Auth;
using Runnel.Server.Configuration;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Persistence;
using Runnel.Streams;
using Runnel.Streams.Stores;

namespace Runnel.Server.Conversations;

/// <summary><c>POST /conversations</c>: an empty conversation, with its stream.</summary>
internal static class CreateConversation
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/conversations", HandleAsync).Produces<Response>(201);

    private static async Task<IResult> HandleAsync(
        Request? request,
        CurrentUser user,
        RunnelDbContext database,
        IOptions<LimitsOptions> limits,
        IEventStreams streams,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var title = OneLine.Of(request?.Title);
        if (ConversationTitle.IsTooLong(title))
            return ConversationProblems.TitleTooLong();
        if (request?.DigitalHumanId is { } human
            && await OwnDigitalHumans.FindUsableAsync(database, user.Id, human, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        if (await OwnConversations.IsFullAsync(database, user.Id, limits.Value.Conversations, cancellationToken))
            return ConversationProblems.TooManyConversations();
        var created = NewConversation.Create(user.Id, title, request?.DigitalHumanId, time.GetUtcNow());
        await streams.AppendAsync(new Append(ConversationStreams.Of(created.ThreadId))
        {
            Participants = [created.Insert()],
        });
        return Results.Created(
            $"/api/v1/conversations/{created.ThreadId}",
            new Response(created.ThreadId, created.Title, created.DigitalHumanId, created.CreatedAt));
    }

    internal sealed record Request(
        [property: JsonConverter(typeof(TextConverter))] string? Title, long? DigitalHumanId);

    private sealed record Response(string ThreadId, string Title, long? DigitalHumanId, DateTimeOffset CreatedAt);
}
