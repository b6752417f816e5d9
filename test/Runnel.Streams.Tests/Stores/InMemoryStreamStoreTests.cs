using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Stores;

public sealed class InMemoryStreamStoreTests : StoreLifeConformance
{
    protected override Task<IStreamStore> OpenAsync() => Task.FromResult<IStreamStore>(new InMemoryStreamStore());

    [Fact]
    public async Task Store_SaysClearly_ThatItHasNoParticipants()
    {
        var pending = (await Store.CommitAsync(new Append(Stream) { Participants = [Sample.Refused] }))[0];

        Assert.Contains("participants", Assert.IsType<NotSupportedException>(pending.Failure).Message, StringComparison.Ordinal);
    }
}
