namespace Runnel.Server.Auth.Tickets;

/// <summary>Which stream alone a ticket opens: of one conversation, or of the training of one digital human; null and null for
/// any.</summary>
internal readonly record struct TicketScope(string? ThreadId, long? DigitalHumanId)
{
    /// <summary>Whether it is for this stream: a ticket of one conversation is for no other, and not for all of them.</summary>
    public bool Has(string? threadId, long? digitalHumanId) =>
        (ThreadId is null || ThreadId == threadId) && (DigitalHumanId is null || DigitalHumanId == digitalHumanId);
}
