using Runnel.Streams.Stores;
using Runnel.Streams.Testing;

namespace Runnel.Streams.Tests.Stores;

public sealed class AppendTests
{
    [Fact]
    public void Stream_CannotBeItsOwnOwner() =>
        Assert.Throws<ArgumentException>(() => new Append(Sample.Stream) { Owner = Sample.Stream });

    [Fact]
    public void Owner_MayBeAnotherStreamOrNone()
    {
        Assert.Equal(Sample.Owner, new Append(Sample.Stream) { Owner = Sample.Owner }.Owner);
        Assert.Null(new Append(Sample.Stream) { Owner = null }.Owner);
    }
}
