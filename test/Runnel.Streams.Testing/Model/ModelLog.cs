namespace Runnel.Streams.Testing.Model;

/// <summary>What the log should hold: the simplest thing that could be right.</summary>
public sealed class ModelLog
{
    private readonly StreamModel?[] _streams = new StreamModel?[StoryStep.Streams];
    private long _values;

    /// <summary>A stream; null when there is none.</summary>
    public StreamModel? Find(int stream) => _streams[stream];

    /// <summary>A stream, made if it is not there.</summary>
    public StreamModel Open(int stream) => _streams[stream] ??= new StreamModel();

    /// <summary>A value that no event had before.</summary>
    public long NextValue() => ++_values;

    public void Append(int stream, IReadOnlyList<long> values, int? owner)
    {
        var home = Open(stream);
        var ofOwner = owner is { } number ? Open(number) : null;
        foreach (var value in values)
        {
            var next = new ModelEvent(home, home.Last + 1, value);
            home.Add(next);
            ofOwner?.Add(next);
        }
    }

    public void Delete(int stream)
    {
        if (_streams[stream] is { } gone)
            gone.IsDeleted = true;
        _streams[stream] = null;
    }
}
