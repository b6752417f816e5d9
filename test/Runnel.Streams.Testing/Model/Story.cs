using Runnel.Streams.Events;
using Runnel.Streams.Live;
using Runnel.Streams.Stores;

namespace Runnel.Streams.Testing.Model;

/// <summary>Tells a story to a log and to its model, and fails where they differ.</summary>
public sealed class Story(ModelledLog log) : IAsyncDisposable
{
    private const int Owner = StoryStep.Streams - 1;

    private static readonly StreamName[] Names =
        [Sample.Stream, Sample.Other, new StreamName("conversation/three"), Sample.Owner];

    private readonly ModelLog _model = new();
    private readonly ModelReader?[] _readers = new ModelReader?[StoryStep.Streams];
    private readonly (StreamModel Stream, Cursor Cursor)?[] _cut = new (StreamModel, Cursor)?[StoryStep.Streams];

    public async Task TellAsync(IEnumerable<StoryStep> steps)
    {
        await log.OpenAsync();
        foreach (var step in steps)
            await TellAsync(step);
        await CheckAsync();
        await log.SettleAsync();
        await CheckAsync();
        if (!log.IsDurable)
            return;
        await RestartAsync();
        await CheckAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var reader in _readers)
            reader?.Dispose();
        await log.DisposeAsync();
    }

    private Task TellAsync(StoryStep step) => step.Kind switch
    {
        StepKind.Append => AppendAsync(step.Stream, step.Amount, null, []),
        StepKind.AppendOwned => AppendAsync(step.Stream, step.Amount, Owner, []),
        StepKind.AppendRefused => AppendAsync(step.Stream, step.Amount, Owner, [Sample.Accepted, Sample.Refused]),
        StepKind.AppendTogether => AppendAsync(step.Stream, step.Amount, Owner, [Sample.Accepted]),
        StepKind.AppendToAll => Task.WhenAll([
            .. Enumerable.Range(0, StoryStep.Streams).Select(stream => AppendAsync(stream, step.Amount, Owner, [])),
            AppendAsync(step.Stream, step.Amount, Owner, [Sample.Refused]),
            AppendAsync(step.Stream, step.Amount, null, []),
        ]),
        StepKind.End => EndAsync(step.Stream),
        StepKind.Trim => TrimAsync(step.Stream, step.Amount),
        StepKind.Delete => DeleteAsync(step.Stream),
        StepKind.FollowOldest => FollowAsync(step.Stream, StartPosition.Oldest),
        StepKind.FollowNow => FollowAsync(step.Stream, StartPosition.Now),
        StepKind.Read => _readers[step.Stream]?.ReadAsync() ?? Task.CompletedTask,
        StepKind.Cut => CutAsync(step.Stream),
        StepKind.Resume => ResumeAsync(step.Stream, ahead: 0),
        StepKind.ResumeAhead => ResumeAsync(step.Stream, ahead: step.Amount),
        StepKind.Settle => log.SettleAsync(),
        StepKind.Restart when log.IsDurable => RestartAsync(),
        _ => Task.CompletedTask,
    };

    /// <summary>The model is changed before anybody waits: concurrent appends are in the order in which they were made.</summary>
    private async Task AppendAsync(int stream, int count, int? owner, IReadOnlyList<Participant> participants)
    {
        owner = stream == owner ? null : owner;
        long[] values = [.. Enumerable.Range(0, count).Select(_ => _model.NextValue())];
        var append = new Append(Names[stream], [.. values.Select(Sample.Event)])
        {
            Owner = owner is { } number ? Names[number] : null,
            Participants = participants,
        };
        var refusal = RefusalOf(stream, owner, participants);
        if (refusal is not null)
        {
            await Assert.ThrowsAsync(refusal, () => log.Streams.AppendAsync(append).WithinPatience());
            return;
        }

        var (home, ofOwner) = (_model.Open(stream), owner is null ? null : _model.Open(owner.Value));
        var (before, ownerBefore) = (home.Last, ofOwner?.Last ?? 0);
        _model.Append(stream, values, owner);
        var receipt = await log.Streams.AppendAsync(append).WithinPatience();
        Note(home, receipt.Before, receipt.Last, before, count);
        if (ofOwner is not null)
            Note(ofOwner, receipt.OwnerBefore, receipt.OwnerLast, ownerBefore, count);
    }

    private static void Note(StreamModel stream, Cursor first, Cursor last, long before, int count)
    {
        stream.Generation = stream.Generation == 0 ? first.Generation : stream.Generation;
        Assert.Equal((stream.Generation, before), (first.Generation, first.Number));
        Assert.Equal((stream.Generation, before + count), (last.Generation, last.Number));
    }

    private Type? RefusalOf(int stream, int? owner, IReadOnlyList<Participant> participants)
    {
        if (participants.Count > 0 && !log.IsDurable)
            return typeof(NotSupportedException);
        if (_model.Find(stream)?.IsEnded == true || (owner is { } number && _model.Find(number)?.IsEnded == true))
            return typeof(StreamEndedException);
        return participants.Contains(Sample.Refused) ? typeof(ParticipantRefusedException) : null;
    }

    private async Task EndAsync(int stream)
    {
        if (_model.Find(stream) is not { IsEnded: false } going)
            return;
        await log.Streams.AppendAsync(new Append(Names[stream]) { EndsStream = true }).WithinPatience();
        going.IsEnded = true;
    }

    private async Task TrimAsync(int stream, int amount)
    {
        if (_model.Find(stream) is not { } trimmed)
            return;
        // One in nine gives up all there is.
        var to = amount == 9 ? long.MaxValue : trimmed.First + amount - 2;
        await log.Streams.AppendAsync(new Append(Names[stream]) { TrimTo = to }).WithinPatience();
        trimmed.TrimTo(to);
    }

    private async Task DeleteAsync(int stream)
    {
        var other = (stream + 1) % StoryStep.Streams;
        var receipt = await log.Streams.AppendAsync(new Append(Names[other]) { Deletes = [Names[stream]] }).WithinPatience();
        Note(_model.Open(other), receipt.Before, receipt.Last, _model.Open(other).Last, 0);
        _model.Delete(stream);
    }

    private async Task FollowAsync(int stream, StartPosition start)
    {
        await CutAsync(stream);
        var follower = await log.Streams.FollowAsync(Names[stream], start, TestContext.Current.CancellationToken);
        Assert.Equal(_model.Find(stream) is not null, follower is not null);
        if (follower is null)
            return;
        var followed = _model.Find(stream)!;
        Assert.Equal(ResyncReason.None, follower.Resync);
        Assert.Equal(start.FromOldest ? followed.First - 1 : followed.Last, follower.Number);
        _readers[stream] = new ModelReader(follower, followed);
    }

    private Task CutAsync(int stream)
    {
        if (_readers[stream] is { } reader)
        {
            _cut[stream] = (reader.Stream, reader.Position);
            reader.Dispose();
            _readers[stream] = null;
        }

        return Task.CompletedTask;
    }

    private async Task ResumeAsync(int stream, int ahead)
    {
        if (_readers[stream] is not null || _cut[stream] is not { } cut)
            return;
        var cursor = ahead == 0 ? cut.Cursor : cut.Cursor with { Number = cut.Stream.Last + ahead };
        var follower = await log.Streams.FollowAsync(
            Names[stream], StartPosition.AfterCursor(cursor), TestContext.Current.CancellationToken);
        Assert.Equal(_model.Find(stream) is not null, follower is not null);
        if (follower is null)
            return;
        var followed = _model.Find(stream)!;
        var resync = Expected(followed, cut.Stream, cursor.Number);
        Assert.Equal(resync, follower.Resync);
        Assert.Equal(resync == ResyncReason.None ? cursor.Number : followed.Last, follower.Number);
        _readers[stream] = new ModelReader(follower, followed);
    }

    private static ResyncReason Expected(StreamModel now, StreamModel then, long number)
    {
        if (now != then)
            return ResyncReason.Recreated;
        if (number > now.Last)
            return ResyncReason.Ahead;
        return number < now.First - 1 ? ResyncReason.Retention : ResyncReason.None;
    }

    private async Task RestartAsync()
    {
        for (var stream = 0; stream < StoryStep.Streams; stream++)
            await CutAsync(stream);
        await log.DisposeAsync();
        await log.OpenAsync();
    }

    private async Task CheckAsync()
    {
        for (var stream = 0; stream < StoryStep.Streams; stream++)
        {
            await ModelCheck.StreamAsync(log.Store, Names[stream], _model.Find(stream));
            if (_readers[stream] is { } reader)
                await reader.ReadAsync();
            await ResumeAsync(stream, ahead: 0);
            if (_readers[stream] is { } resumed)
                await resumed.ReadAsync();
        }
    }
}
