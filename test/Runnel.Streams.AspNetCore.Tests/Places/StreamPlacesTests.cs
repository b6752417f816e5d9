using Runnel.Streams.AspNetCore.Places;

namespace Runnel.Streams.AspNetCore.Tests.Places;

public sealed class StreamPlacesTests
{
    [Fact]
    public void Reader_HasPlacesOfTheirOwn_AndNoMore()
    {
        var places = new StreamPlaces(inAll: 100, perReader: 2);
        var first = places.TryTake("one");

        Assert.NotNull(first);
        Assert.NotNull(places.TryTake("one"));
        Assert.Null(places.TryTake("one"));
        Assert.NotNull(places.TryTake("other"));
        first.Dispose();
        first.Dispose();
        Assert.NotNull(places.TryTake("one"));
        Assert.Null(places.TryTake("one"));
    }

    [Fact]
    public void All_AreBoundedTogether_AndTheUnnamedAreCountedOnlyThere()
    {
        var places = new StreamPlaces(inAll: 3, perReader: 1);
        var unnamed = places.TryTake(null);
        Assert.NotNull(places.TryTake(null));
        Assert.NotNull(places.TryTake("one"));

        Assert.Null(places.TryTake("other"));
        Assert.Null(places.TryTake(null));
        unnamed!.Dispose();
        Assert.NotNull(places.TryTake("other"));
        Assert.Equal(3, places.Taken);
    }

    [Fact]
    public void WhoWatches_IsToldOfEveryChange_AndCanCount()
    {
        var seen = new List<(string, int)>();
        var places = new StreamPlaces(inAll: 10, perReader: 1);
        places.Changed = reader => seen.Add((reader, places.CountOf(reader)));

        var one = places.TryTake("one");
        Assert.Null(places.TryTake("one"));
        places.TryTake(null)!.Dispose();
        places.TryTake("other");
        Assert.Equal(["one", "other"], places.Readers().Order());
        one!.Dispose();

        Assert.Equal([("one", 1), ("other", 1), ("one", 0)], seen);
        Assert.Equal(["other"], places.Readers());
    }

    [Fact]
    public void ManyAtOnce_NeverTakeMoreThanThereAre_AndGiveAllBack()
    {
        var places = new StreamPlaces(inAll: 10, perReader: 3);
        var most = 0;
        Parallel.For(0, 20_000, i =>
        {
            using var place = places.TryTake("reader" + (i % 7));
            var taken = places.Taken;
            if (taken > Volatile.Read(ref most))
                Volatile.Write(ref most, taken);
        });

        Assert.InRange(most, 1, 10);
        Assert.Equal(0, places.Taken);
        foreach (var reader in Enumerable.Range(0, 3).Select(i => "reader" + i))
        {
            for (var i = 0; i < 3; i++)
                Assert.NotNull(places.TryTake(reader));
        }
    }
}
