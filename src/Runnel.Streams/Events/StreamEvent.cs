namespace Runnel.Streams.Events;

/// <summary>An event of the log: durable, never changed and shared by everybody who reads it.</summary>
public sealed class StreamEvent
{
    /// <summary>Made by stores only.</summary>
    /// <param name="stream">The stream that it belongs to (its home; owner streams hold references to it).</param>
    /// <param name="number">Its number there, from 1.</param>
    /// <param name="content">What was appended.</param>
    public StreamEvent(StreamName stream, long number, NewEvent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        (Stream, Number, Content) = (stream, number, content);
    }

    /// <summary>The stream that it belongs to.</summary>
    public StreamName Stream { get; }

    /// <summary>Its number in that stream, from 1, without gaps.</summary>
    public long Number { get; }

    /// <summary>The generation of that stream: a stream that was deleted and made again has other events at the same numbers.</summary>
    public long Generation { get; init; }

    /// <summary>What was appended.</summary>
    public NewEvent Content { get; }

    /// <inheritdoc cref="NewEvent.Name"/>
    public string Name => Content.Name;

    /// <inheritdoc cref="NewEvent.Data"/>
    public ReadOnlyMemory<byte> Data => Content.Data;

    /// <inheritdoc cref="NewEvent.Text"/>
    public ReadOnlyMemory<byte> Text => Content.Text;

    /// <inheritdoc cref="NewEvent.Since"/>
    public long Since => Content.Since;

    /// <inheritdoc cref="NewEvent.IsDelta"/>
    public bool IsDelta => Content.IsDelta;

    /// <summary>Roughly what it holds in memory, in bytes.</summary>
    public int Size => 104 + Data.Length + Text.Length;

    /// <summary>When it became visible, as a timestamp of the log's clock; 0 where that is not known, because nobody followed
    /// the stream then or an earlier process did it. For measuring how late readers get it, nothing else.</summary>
    public long VisibleAt { get; internal set; }

    /// <summary>Whether this and the other are pieces of one text, so that they may be joined.</summary>
    public bool IsOfOneTextWith(StreamEvent other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsDelta && other.IsDelta && Since == other.Since && Stream == other.Stream && Generation == other.Generation
            && (ReferenceEquals(Name, other.Name) || Name == other.Name)
            && (Data.Equals(other.Data) || Data.Span.SequenceEqual(other.Data.Span));
    }
}
