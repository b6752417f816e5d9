using Microsoft.Extensions.Options;
using Runnel.Server.Configuration;
using Runnel.Server.DigitalHumans;
using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;
using Runnel.Server.Training.Progress;
using Runnel.Streams;

namespace Runnel.Server.Training.Accepting;

/// <summary>Takes a round in. A repetition is recognised; the digital human is found by its owner; message, round and event are
/// committed together; and only then does the round run or wait, on its own, whatever becomes of the request.</summary>
internal sealed class RoundIntake(
    RunnelDbContext database, IEventStreams streams, RoundAdmission admission, IOptions<LimitsOptions> limits)
{
    public async Task<Acceptance> AcceptAsync(
        string ownerId, TrainRequest request, Language language, CancellationToken cancellationToken)
    {
        if (RoundRules.Check(request, limits.Value) is { } refused)
            return refused;
        var wanted = new NewRound(
            ownerId, request.DigitalHumanId!.Value, request.Message!, request.ClientMessageId, request.WhenBusy == "enqueue",
            language);
        if (await EarlierRound.FindAsync(database, streams, wanted, cancellationToken) is { } earlier)
            return earlier;
        return await OwnDigitalHumans.FindAsync(database, ownerId, wanted.DigitalHumanId, cancellationToken) is null
            ? DigitalHumanProblems.NotFound()
            : await admission.AdmitAsync(wanted, cancellationToken);
    }
}
