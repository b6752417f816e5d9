using Runnel.Server.Configuration;
using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Streams;
using Runnel.Streams.AspNetCore;
using Runnel.Streams.AspNetCore.Connections;
using Runnel.Streams.Sqlite;
using Runnel.Streams.Views;

namespace Runnel.Server.Conversations;

/// <summary>Conversations: create, list, read, follow, rename; and what people think of an answer.</summary>
internal static class ConversationsFeature
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<IStreamViews, ConversationViews>();
        services.AddSingleton<OwnerStreamUse>();
        services.AddSingleton<ConversationChange>();
        services.AddSingleton<StreamAnswer>();
        services.AddRunnelStreams().UseSqlite().AddServerSentEvents();
        services.AddOptions<SseOptions>().Configure<Microsoft.Extensions.Options.IOptions<StreamsOptions>>(
            (sse, streams) => (sse.Heartbeat, sse.Lifetime) = (streams.Value.Heartbeat, streams.Value.Lifetime));
        services.AddOptions<SseOptions>().Configure<Microsoft.Extensions.Options.IOptions<LimitsOptions>>(
            (sse, limits) => (sse.Streams, sse.StreamsPerReader) = (limits.Value.Streams, limits.Value.StreamsPerUser));
    }

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        CreateConversation.Map(api);
        ListConversations.Map(api);
        ReadConversation.Map(api);
        RenameConversation.Map(api);
        ReadMessages.Map(api);
        GiveFeedback.Map(api);
        SwitchBranch.Map(api);
        ExportConversation.Map(api);
        ReadEvents.Map(api);
        FollowConversation.Map(api);
        FollowConversations.Map(api);
        IssueStreamTicket.Map(api);
    }
}
