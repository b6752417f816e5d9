using Runnel.Server.DigitalHumans.Rows;
using Runnel.Server.Persistence;

namespace Runnel.Server.Turns.Context;

/// <summary>Finds out who answers a turn. Thread-safe.</summary>
internal sealed class Characters(IServiceScopeFactory scopes)
{
    /// <summary>A digital human as it is now.</summary>
    /// <exception cref="CharacterGoneException">There is none any more that the user may talk to.</exception>
    public async Task<Character> ReadAsync(string userId, long digitalHumanId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<RunnelDbContext>();
        var human = await OwnDigitalHumans.FindUsableAsync(database, userId, digitalHumanId, cancellationToken)
            ?? throw new CharacterGoneException();
        return new Character(human);
    }
}
