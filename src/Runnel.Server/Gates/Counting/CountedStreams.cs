using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.Persistence;
using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Server.Gates.Counting;

/// <summary>
/// Counts the streams that readers have open at all servers. Who opens one waits for the answer; those who ask while another
/// answer is under way share the next. Thread-safe.
/// </summary>
internal sealed class CountedStreams(
    OpenStreamRows rows, StreamPlaces places, ReaderPlaces readers, IServerDatabase database, IOptions<LimitsOptions> limits,
    TimeProvider time) : IDisposable
{
    private const int AtOnce = 1000;

    /// <summary>How long somebody waits for the answer of a database that may be away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<PlaceQuestion> _questions = new();
    private readonly ConcurrentDictionary<string, byte> _changed = new();
    // What was counted later is told later.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Begins to count. To be called before anybody is let in.</summary>
    /// <param name="hasChanged">Is told, often, that there is something to tell.</param>
    public void Begin(Action hasChanged)
    {
        places.Changed = reader =>
        {
            _changed[reader] = 0;
            hasChanged();
        };
        readers.Ask = MayKeepAsync;
    }

    /// <summary>Tells what has changed. What cannot be told is told the next time.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        if (_changed.IsEmpty || !rows.CanTell)
            return;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await rows.IsNewAsync(cancellationToken))
                Mark(places.Readers());
            foreach (var changed in _changed.Keys.Chunk(AtOnce))
                await TellAsync(changed, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes back what this server told.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        rows.CanTell ? rows.LeaveAsync(cancellationToken) : Task.CompletedTask;

    public void Dispose() => _gate.Dispose();

    private async Task TellAsync(string[] changed, CancellationToken cancellationToken)
    {
        foreach (var reader in changed)
            _changed.TryRemove(reader, out _);
        try
        {
            await rows.TellAsync(changed, Array.ConvertAll(changed, places.CountOf), cancellationToken);
        }
        catch
        {
            Mark(changed);
            throw;
        }
    }

    private async Task<bool> MayKeepAsync(string reader, CancellationToken cancellationToken)
    {
        var question = new PlaceQuestion(reader);
        _questions.Enqueue(question);
        try
        {
            if (!await _gate.WaitAsync(Patience, cancellationToken))
                return true;
            try
            {
                while (!question.IsAnswered && rows.CanTell)
                    await AnswerAsync();
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (OperationCanceledException)
        {
            question.IsAbandoned = true;
            throw;
        }

        return question.MayKeep;
    }

    /// <summary>Answers those who ask by now, whoever of them is still there.</summary>
    private async Task AnswerAsync()
    {
        var asked = new List<PlaceQuestion>();
        while (asked.Count < AtOnce && _questions.TryDequeue(out var next))
            asked.Add(next);
        var byReader = asked.Where(question => !question.IsAbandoned)
            .GroupBy(question => question.Reader).ToDictionary(group => group.Key, group => group.ToList());
        var names = byReader.Keys.ToArray();
        var counts = Array.ConvertAll(names, places.CountOf);
        var entered = await EnterAsync(names, counts, asked);
        for (var i = 0; i < names.Length; i++)
        {
            var questions = byReader[names[i]];
            var room = entered is null
                ? questions.Count
                : entered.GetValueOrDefault(names[i]) - (counts[i] - questions.Count);
            for (var q = 0; q < questions.Count; q++)
                questions[q].Answer(q < room);
        }
    }

    /// <summary>Null while the database is away: each server counts alone.</summary>
    private async Task<IReadOnlyDictionary<string, int>?> EnterAsync(
        string[] names, int[] counts, List<PlaceQuestion> asked)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            return await rows.EnterAsync(names, counts, limits.Value.StreamsPerUser, patience.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException || database.IsFault(exception))
        {
            return null;
        }
        catch
        {
            // One of them learns of it; the others must not wait for ever.
            asked.ForEach(question => question.Answer(mayKeep: true));
            throw;
        }
    }

    private void Mark(IEnumerable<string> changed)
    {
        foreach (var reader in changed)
            _changed[reader] = 0;
    }
}
