using System.Buffers;
using System.Text.Json;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.AspNetCore.Frames;
using Runnel.Streams.Events;
using Runnel.Streams.Live;

namespace Runnel.Streams.AspNetCore.Pages;

/// <summary>
/// The same events as JSON, a page at a time, for clients behind proxies that hold streams back:
/// <c>{events: [{id, event, data}], cursor, up_to_date}</c>. A page that would be empty waits for the next event, but
/// not for a server that stops.
/// </summary>
internal sealed class EventPage(Follower follower, EventPageRequest request, TimeProvider time, CancellationToken draining)
{
    private readonly ArrayBufferWriter<byte> _body = new();

    public async Task<ReadOnlyMemory<byte>> ReadAsync(SseOptions options, CancellationToken cancellationToken)
    {
        using var writer = new Utf8JsonWriter(_body, JsonText.Options);
        writer.WriteStartObject();
        writer.WriteStartArray("events");
        if (follower.Resync != ResyncReason.None)
            WriteResync(writer, options);
        else
            await WriteEventsAsync(writer, cancellationToken);
        writer.WriteEndArray();
        writer.WriteString("cursor", follower.Position.ToString());
        writer.WriteBoolean("up_to_date", follower.IsCaughtUp);
        writer.WriteEndObject();
        await writer.FlushAsync(cancellationToken);
        return _body.WrittenMemory;
    }

    private async ValueTask WriteEventsAsync(Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        if (follower.IsCaughtUp && request.Wait > TimeSpan.Zero)
            await WaitAsync(cancellationToken);
        var entries = new LogEntry[request.Limit];
        var count = 0;
        while (count < request.Limit && !request.Revoked.IsCancellationRequested)
        {
            var read = await follower.ReadAsync(entries.AsMemory(count), cancellationToken);
            if (read == 0)
                break;
            count += read;
        }

        for (var left = entries.AsMemory(0, count); left.Length > 0;)
        {
            var merged = Merging.CountOfOneFrame(left.Span);
            WriteEvent(writer, left.Span[..merged]);
            left = left[merged..];
        }
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using var end = time.CreateTimer(
            static state => ((Follower)state!).Nudge(), follower, request.Wait, Timeout.InfiniteTimeSpan);
        await using var drain = draining.UnsafeRegister(static state => ((Follower)state!).Nudge(), follower);
        await using var revoked = request.Revoked.UnsafeRegister(static state => ((Follower)state!).Nudge(), follower);
        await using var abort = cancellationToken.UnsafeRegister(static state => ((Follower)state!).Nudge(), follower);
        await follower.WaitAsync();
    }

    private void WriteResync(Utf8JsonWriter writer, SseOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id", follower.Position.ToString());
        writer.WriteString("event", "resync");
        writer.WritePropertyName("data");
        writer.WriteRawValue(Opening.Data("resync", follower, request.Describe, options), skipInputValidation: true);
        writer.WriteEndObject();
    }

    private void WriteEvent(Utf8JsonWriter writer, ReadOnlySpan<LogEntry> entries)
    {
        // The event of an empty place is gone; the cursor passes it.
        if (entries[0].Event is not { } first)
            return;
        var cursor = follower.Position with { Number = entries[^1].Number };
        writer.WriteStartObject();
        writer.WriteString("id", cursor.ToString());
        writer.WriteString("event", first.Name);
        writer.WritePropertyName("data");
        writer.WriteRawValue(first.IsDelta ? Merging.Data(entries) : first.Data.Span, skipInputValidation: true);
        writer.WriteEndObject();
    }
}
