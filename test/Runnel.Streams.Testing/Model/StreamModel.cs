namespace Runnel.Streams.Testing.Model;

/// <summary>A stream as it should be.</summary>
public sealed class StreamModel
{
    private readonly List<ModelEvent> _events = [];

    public long First { get; private set; } = 1;

    public long Last => _events.Count;

    public bool IsEnded { get; set; }

    /// <summary>Known once something was appended to it.</summary>
    public long Generation { get; set; }

    /// <summary>Whether it is still what its name means.</summary>
    public bool IsDeleted { get; set; }

    public ModelEvent this[long number] => _events[(int)number - 1];

    public void Add(ModelEvent next) => _events.Add(next);

    public void TrimTo(long number) => First = Math.Max(First, Math.Min(number, Last) + 1);
}
