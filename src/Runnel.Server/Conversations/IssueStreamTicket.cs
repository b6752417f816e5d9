using System.Text.Json;
using Runnel.Server.Auth;
using Runnel.Server.Auth.Tickets;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Hosting;
using Runnel.Server.Persistence;

namespace Runnel.Server.Conversations;

/// <summary><c>POST /auth/stream-ticket</c>: a short-lived ticket for <c>EventSource</c>, which cannot send a header.</summary>
internal static class IssueStreamTicket
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/auth/stream-ticket", HandleAsync).Produces<Response>();

    private static async Task<IResult> HandleAsync(
        HttpContext http,
        CurrentUser user,
        RunnelDbContext database,
        StreamTickets tickets,
        CancellationToken cancellationToken,
        Request? request = null)
    {
        if (request?.Rights is { } rights && !IsReading(rights))
            return Problems.Invalid("unknown_rights", "A ticket is for reading only. Leave rights out, or send read.");
        if (request is { ThreadId: not null, DigitalHumanId: not null })
            return Problems.Invalid("two_streams", "A ticket is for one stream. Send thread_id or digital_human_id, not both.");
        // Training is followed by its owner only.
        if (request?.DigitalHumanId is { } human
            && await OwnDigitalHumans.FindAsync(database, user.Id, human, cancellationToken) is null)
            return DigitalHumanProblems.NotFound();
        if (request?.ThreadId is { } threadId
            && await OwnConversations.FindAsync(database, user.Id, threadId, cancellationToken) is null)
            return ConversationProblems.NotFound();
        var (text, expiresAt) = tickets.Issue(
            http.User, CredentialLife.ExpiryOf(http), new TicketScope(request?.ThreadId, request?.DigitalHumanId));
        return Results.Ok(new Response(text, expiresAt));
    }

    private static bool IsReading(JsonElement rights) => rights.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => IsRead(rights),
        JsonValueKind.Array => rights.EnumerateArray().All(IsRead),
        _ => false,
    };

    /// <summary>By its bytes as they came: half a character, escaped, is JSON, but no text that could be read.</summary>
    private static bool IsRead(JsonElement right) => right.GetRawText() == "\"read\"";

    /// <summary><c>rights</c> is what the ticket is good for: <c>read</c>, which it is without it too.</summary>
    internal sealed record Request(string? ThreadId, long? DigitalHumanId, JsonElement? Rights);

    private sealed record Response(string Ticket, DateTimeOffset ExpiresAt);
}
