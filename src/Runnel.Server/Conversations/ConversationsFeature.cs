using Runnel.Server.Conversations.Following;
using Runnel.Server.Conversations.Rows;
using Runnel.Server.Streaming;

namespace Runnel.Server.Conversations;

/// <summary>Conversations: create, list, read, follow, rename; and what people think of an answer.</summary>
internal static class ConversationsFeature
{
    public static void AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<IStreamKind, ConversationViews>();
        services.AddSingleton<OwnerStreamUse>();
        services.AddSingleton<ConversationChange>();
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
